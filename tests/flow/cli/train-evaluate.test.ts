import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCli } from './run-cli.ts';

const cli = createCli();
afterAll(() => cli.remove());

const parts = {
  Rechnung: ['invoice', 'Rechnung', 'amount', 'Betrag', 'payment', 'Lastschrift'],
  Zugang: ['password', 'Passwort', 'login', 'Anmeldung', 'account', 'Konto'],
};
const places = ['at home', 'im Büro', 'since Monday', 'seit gestern', 'on my phone', 'am Laptop', 'again', 'wieder'];

function labelled(from: number, to: number): string {
  const rows: string[] = [];
  for (let i = from; i < to; i++) {
    const label = i % 2 === 0 ? 'Rechnung' : 'Zugang';
    const words = parts[label];
    const text = `${words[i % 6]} ${words[(i + 2) % 6]} problem ${places[i % 8]} number ${i}`;
    rows.push(`${text},${label},g${Math.floor(i / 4)}`);
  }
  return `Anliegen,Art,Gruppe\n${rows.join('\n')}\n`;
}

beforeAll(() => {
  writeFileSync(join(cli.folder, 'train.csv'), labelled(0, 120));
  writeFileSync(join(cli.folder, 'test.csv'), `${labelled(120, 160)},Rechnung,\nsomething else,,g1\n`);
});

const train = ['train', 'train.csv', '--label', 'Art', '--text', 'Anliegen', '--cv', '3', '--out', 'own.model'];

describe('train', () => {
  it('prints the figures, warns of a random split, and writes the model with its report', async () => {
    const { code, out, words } = await cli.run(train);
    expect(code).toBe(0);
    expect(out).toMatch(/accuracy +[01]\.\d{3} +95 % interval .* n = 120/);
    expect(out).toMatch(/macro-F1 .*\ncalibration/);
    expect(out).toMatch(/category +precision +recall +F1 +rows\nRechnung +[01]\.\d{3}.* 60\nZugang/);
    expect(words).toContain('such figures flatter');
    expect(words).toMatch(/Model [0-9a-f]{12} written to own\.model/);
    const report = JSON.parse(readFileSync(join(cli.folder, 'own.model.report.json'), 'utf8'));
    expect(report).toMatchObject({
      data: { rows: 120, badRows: 0 },
      settings: { label: 'Art', folds: 3, group: null },
    });
    expect(report.figures.accuracy).toBeGreaterThan(0.9);
  });

  it('gives the same model again, and no warning when groups are named', async () => {
    const before = readFileSync(join(cli.folder, 'own.model'));
    const { code, words, out } = await cli.run([...train, '--group', 'Gruppe', '--json']);
    expect(code).toBe(0);
    expect(words).not.toContain('flatter');
    expect(JSON.parse(out)).toMatchObject({ rows: 120 });
    await cli.run(train);
    expect(readFileSync(join(cli.folder, 'own.model')).equals(before)).toBe(true);
  });

  it.each([
    ['another model', ['--model', 'svc'], 1, /The model svc is not built yet/],
    ['over-sampling', ['--smote'], 1, /--smote is not built yet/],
    ['a model nobody knows', ['--model', 'magic'], 2, /Allowed choices are logreg/],
    ['a missing column', ['--group', 'Nope'], 1, /no column "Nope".*Anliegen, Art, Gruppe/],
    ['one category', ['--label', 'Konstante'], 1, /no column "Konstante"/],
  ])('refuses %s in one line', async (_, words, expected, message) => {
    const result = await cli.run([...train.slice(0, -1), 'refused.model', ...words]);
    expect(result.code).toBe(expected);
    expect(result.words).toMatch(message);
    expect(existsSync(join(cli.folder, 'refused.model'))).toBe(false);
  });

  it('says when there is nothing to tell apart', async () => {
    writeFileSync(join(cli.folder, 'one.csv'), 'text,label\nhello,a\nthere,a\nfriend,a\n');
    const { code, words } = await cli.run(['train', 'one.csv', '--label', 'label', '--out', 'x.model']);
    expect({ code, words }).toEqual({
      code: 1,
      words: 'signalbox: one.csv has one category in the column "label"; there is nothing to tell apart.\n',
    });
  });
});

describe('evaluate', () => {
  const words = ['evaluate', 'own.model', 'test.csv', '--label', 'Art', '--text', 'Anliegen'];

  it('measures a model on other rows and leaves out those without a label', async () => {
    const { code, out, words: said } = await cli.run(words);
    expect(code).toBe(0);
    expect(out).toMatch(/accuracy +[01]\.\d{3} .* n = 40/);
    expect(said).toContain('1 bad row, 1 left out');
    expect(JSON.parse((await cli.run([...words, '--json'])).out).accuracy).toBeGreaterThan(0.9);
  });

  it('maps labels, leaves out those mapped to null, and says which the model does not know', async () => {
    writeFileSync(
      join(cli.folder, 'other.csv'),
      'text,label\ninvoice amount,bill\npassword login,Zugang\nPasswort,odd\nhello,skip\n',
    );
    writeFileSync(join(cli.folder, 'map.json'), '{"bill": "Rechnung", "skip": null}');
    const other = ['evaluate', 'own.model', 'other.csv', '--label', 'label', '--map', 'map.json'];
    const { out, words: said } = await cli.run([...other, '--json']);
    expect(JSON.parse(out)).toMatchObject({ rows: 3 });
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
