import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelled, reportFiles } from './labelled-rows.ts';
import { createCli } from './run-cli.ts';

const cli = createCli();
afterAll(() => cli.remove());

const inFolder = (...names: string[]) => join(cli.folder, ...names);
const contentOf = (...names: string[]) => readFileSync(inFolder(...names), 'utf8');

beforeAll(async () => {
  writeFileSync(inFolder('train.csv'), labelled(0, 120));
  writeFileSync(inFolder('test.csv'), `${labelled(120, 160)},Rechnung,\nsomething else,,g1\n`);
  const columns = ['--label', 'Art', '--text', 'Anliegen', '--group', 'Gruppe'];
  const { code } = await cli.run(['train', 'train.csv', ...columns, '--cv', '3', '--out', 'own.model']);
  expect(code).toBe(0);
});

describe('evaluate', () => {
  const words = ['evaluate', 'own.model', 'test.csv', '--label', 'Art', '--text', 'Anliegen'];

  it('measures a model on other rows, leaves out those without a label, and writes the same report', async () => {
    const { code, out, words: said } = await cli.run([...words, '--report', 'unseen.report']);
    expect(code).toBe(0);
    expect(out).toMatch(/accuracy +[01]\.\d{3} .* n = 40/);
    expect(said).toContain('1 bad row, 1 left out');
    expect(readdirSync(inFolder('unseen.report')).sort()).toEqual(reportFiles);
    const report = JSON.parse(contentOf('unseen.report', 'report.json'));
    expect(report).toMatchObject({ kind: 'evaluation', data: { file: 'test.csv' }, twins: { leaks: null } });
    expect(JSON.parse((await cli.run([...words, '--json'])).out).figures.accuracy).toBeGreaterThan(0.9);
  });

  it('says how many different tickets the rows are', async () => {
    const twice = Array.from({ length: 12 }, (_, i) => `invoice amount wrong again today ${i % 3},Rechnung`);
    writeFileSync(inFolder('twice.csv'), `Anliegen,Art\n${twice.join('\n')}\nmein Passwort,Zugang\n`);
    const { code, words: said } = await cli.run(['evaluate', 'own.model', 'twice.csv', ...words.slice(3)]);
    expect(code).toBe(0);
    expect(said).toMatch(/12 of 13 rows are near-twins of one another .*weigh as 2 different tickets/);
  });

  it('maps labels, leaves out those mapped to null, and says which the model does not know', async () => {
    writeFileSync(
      inFolder('other.csv'),
      'text,label\ninvoice amount,bill\npassword login,Zugang\nPasswort,odd\nhello,skip\n',
    );
    writeFileSync(inFolder('map.json'), '{"bill": "Rechnung", "skip": null}');
    const other = ['evaluate', 'own.model', 'other.csv', '--label', 'label', '--map', 'map.json'];
    const { out, words: said } = await cli.run([...other, '--json']);
    expect(JSON.parse(out)).toMatchObject({ figures: { rows: 3 } });
    expect(said).toMatch(/1 row with labels that the model does not know counted as wrong: odd\./);
    expect(said).toContain('1 left out');
  });

  it('refuses a file none of whose labels the model knows, a file that is no model, and an unknown map', async () => {
    const starter = await cli.run(['evaluate', 'starter', 'test.csv', '--label', 'Art', '--text', 'Anliegen']);
    expect(starter).toMatchObject({
      code: 1,
      words: expect.stringMatching(/None of the labels.*Rechnung, Zugang.*--map/s),
    });
    const none = await cli.run(['evaluate', 'test.csv', 'test.csv', '--label', 'Art', '--text', 'Anliegen']);
    expect(none.code).toBe(1);
    expect(none.words).toMatch(/^signalbox: [^\n]+\n$/);
    expect((await cli.run([...words, '--map', 'nothing'])).words).toMatch(/Known sets: .*customer-support-tickets/);
  });
});

describe('triage with such a model', () => {
  it('says its categories without storing, and refuses to store what the taxonomy does not know', async () => {
    const plain = await cli.run(['triage', 'test.csv', '--text', 'Anliegen', '--model', 'own.model', '--no-store']);
    expect(plain.code).toBe(0);
    expect(plain.rows()[0]).toMatchObject({ category: 'Rechnung', department: null });
    const stored = await cli.run(['triage', 'test.csv', '--text', 'Anliegen', '--model', 'own.model']);
    expect(stored).toMatchObject({ code: 1, words: expect.stringContaining('not in the taxonomy') });
  });
});
