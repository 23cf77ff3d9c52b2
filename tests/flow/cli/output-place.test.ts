import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createCli } from './run-cli.ts';

const cli = createCli();
afterAll(() => cli.remove());

const inFolder = (name: string) => join(cli.folder, name);
mkdirSync(inFolder('folder'));
writeFileSync(inFolder('tickets.csv'), 'body,queue\n"My invoice is wrong, please correct it.",Billing\n');
const triage = ['triage', 'tickets.csv', '--no-store', '--out'];

describe('a file that is there already', () => {
  it.each([
    ['text', 'Do not lose me.\n'],
    ['a table', 'row,ticket_id\n1,T1\n'],
    ['rows of another program', '{"row": 1, "ticket_id": "T1", "note": "by hand"}\n'],
    ['a result of signalbox answer', '{"row":1,"ticket_id":"x","interaction_id":"y","final_answer":"z"}\n'],
  ])('is left alone when it is %s', async (_, content) => {
    writeFileSync(inFolder('mine.txt'), content);
    const { code, out, words } = await cli.run([...triage, 'mine.txt']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(words).toMatch(/^signalbox: mine\.txt is there already and is no result of signalbox triage[^\n]+\n$/);
    expect(readFileSync(inFolder('mine.txt'), 'utf8')).toBe(content);
  });

  it('is made anew when this command wrote it, or when it is empty', async () => {
    writeFileSync(inFolder('own.jsonl'), '');
    expect((await cli.run([...triage, 'own.jsonl'])).code).toBe(0);
    const first = readFileSync(inFolder('own.jsonl'), 'utf8');
    expect(first).toContain('"category"');
    expect((await cli.run([...triage, 'own.jsonl'])).code).toBe(0);
    expect(readFileSync(inFolder('own.jsonl'), 'utf8')).toBe(first);
  });

  it('is not overwritten by answer either, which is said before a database is started', async () => {
    const { code, words } = await cli.run(['answer', 'tickets.csv', '--out', 'own.jsonl']);
    expect(code).toBe(1);
    expect(words).toMatch(/^signalbox: own\.jsonl is there already and is no result of signalbox answer[^\n]+\n$/);
  });
});

describe('a place where nothing can be written is told before the work', () => {
  const train = ['train', 'nothing.csv', '--label', 'queue', '--out'];
  const answer = ['answer', 'tickets.csv', '--out'];
  it.each([
    ['triage', triage],
    ['train', train],
    ['answer', answer],
  ])('%s', async (_, words) => {
    const places: [string, RegExp][] = [
      ['folder', /folder is a folder; name a file in it/],
      ['nowhere/x', /There is no folder .*nowhere for --out/],
      ['tickets.csv/x', /tickets\.csv is no folder/],
      ['/dev/null', /is no ordinary file/],
    ];
    for (const [place, expected] of places) {
      const found = await cli.run([...words, place]);
      expect(found).toMatchObject({ code: 1, out: '' });
      expect(found.words).toMatch(/^signalbox: [^\n]+\n$/);
      expect(found.words).toMatch(expected);
    }
  });
});

describe('how to go on', () => {
  it.each([
    ['a missing column', ['--text', 'Nope'], /no column "Nope"/],
    ['a missing label', ['--label', 'Nope'], /no column "Nope"/],
  ])('is not said of %s', async (_, options, expected) => {
    const { code, words } = await cli.run(['triage', 'tickets.csv', '--no-store', ...options]);
    expect(code).toBe(1);
    expect(words).toMatch(/^signalbox: [^\n]+\n$/);
    expect(words).toMatch(expected);
  });
});
