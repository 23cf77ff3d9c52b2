import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelled, reportFiles } from './labelled-rows.ts';
import { createCli, untilSaid } from './run-cli.ts';

const hasPrlimit = spawnSync('prlimit', ['--version']).status === 0;
const program = join(import.meta.dirname, '../../../bin/signalbox.cjs');

const cli = createCli();
afterAll(() => cli.remove());

const inFolder = (...names: string[]) => join(cli.folder, ...names);
const contentOf = (...names: string[]) => readFileSync(inFolder(...names), 'utf8');

beforeAll(() => {
  writeFileSync(inFolder('train.csv'), labelled(0, 120));
  writeFileSync(inFolder('test.csv'), `${labelled(120, 160)},Rechnung,\nsomething else,,g1\n`);
});

const train = ['train', 'train.csv', '--label', 'Art', '--text', 'Anliegen', '--cv', '3', '--out', 'own.model'];
const grouped = [...train, '--group', 'Gruppe'];

describe('train', () => {
  it('shows the balance and the figures, and writes the model with its report folder', async () => {
    const { code, out, words } = await cli.run(grouped);
    expect(code).toBe(0);
    expect(words).toMatch(/2 categories; always saying "Rechnung" would be right in 50\.0 %:\n +60 +50\.0 % +Rechnung/);
    expect(out).toMatch(/accuracy +[01]\.\d{3} +95 % [01]\.\d{3} to [01]\.\d{3}, n = 120/);
    expect(out).toMatch(/macro-F1 .*\ncalibration error +0\.\d{3} +95 % .*equal mass/);
    expect(out).toMatch(/category +precision +recall +F1 +rows\nRechnung +[01]\.\d{3}.* 60\nZugang/);
    expect(out).toMatch(/language +accuracy +\(majority\)/);
    expect(words).toMatch(/\d+ of 40 rows have a near-twin \(cosine ≥ 0\.6\) on the other side of a random split/);
    expect(words).toMatch(/30 groups, by the column "Gruppe"/);
    expect(words).toMatch(/Model [0-9a-f]{12} \(\d+ kB\) written to own\.model/);
    for (const line of out.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
    expect(readdirSync(inFolder('own.model.report')).sort()).toEqual(reportFiles);
    const report = JSON.parse(contentOf('own.model.report', 'report.json'));
    expect(report).toMatchObject({
      report: 1,
      kind: 'training',
      data: { file: 'train.csv', rows: 120, badRows: 0 },
      settings: { label: 'Art', parts: 3, group: 'Gruppe' },
      twins: { groups: 30, groupsBy: 'column' },
      randomSplit: null,
    });
    expect(report.figures.accuracy).toBeGreaterThan(0.9);
    expect(contentOf('own.model.report', 'report.md')).toMatch(/^# How far this model can be trusted\n/);
  });

  it('gives the same bytes again, replaces what it wrote itself, and leaves nothing beside it', async () => {
    const names = () => readdirSync(cli.folder).sort();
    const all = () => [contentOf('own.model'), ...reportFiles.map((name) => contentOf('own.model.report', name))];
    const before = { names: names(), all: all() };
    const { code, out } = await cli.run([...grouped, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ figures: { rows: 120 }, classes: [{ rows: 60 }, { rows: 60 }] });
    expect({ names: names(), all: all() }).toEqual(before);
  });

  it('finds rephrasings by itself and shows a random split only beside the figures by group', async () => {
    const sentences = [
      'my invoice of last month is wrong and the amount must be corrected soon,bill',
      'ich habe mein Passwort vergessen und brauche bitte einen neuen Zugang,login',
      'the delivery of our new monitor has been late for more than two weeks,goods',
    ];
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${['Please', 'Bitte', 'Hi', 'Hallo'][i % 4]} ${sentences[i % 3]}`,
    );
    writeFileSync(
      inFolder('twins.csv'),
      `text,label\n${rows.join('\n')}\nquite another text,bill\nnoch etwas anderes,login\n`,
    );
    const words = ['train', 'twins.csv', '--label', 'label', '--cv', '2', '--compare-random', '--out', 'twins.model'];
    const found = await cli.run(words);
    expect(found.code).toBe(0);
    expect(found.words).toMatch(/(29|30|31) of 31 rows have a near-twin/);
    expect(found.words).toMatch(/\d+ groups, by clustering of near-twins/);
    expect(found.out).toMatch(/by group +random split\naccuracy +[01]\.\d{3} +[01]\.\d{3}\n/);
    const report = JSON.parse(contentOf('twins.model.report', 'report.json'));
    expect(report.randomSplit.accuracy).toBeGreaterThan(report.figures.accuracy);
    expect(report.twins.leaks.byGroup.rows).toBe(0);
    expect(contentOf('twins.model.report', 'report.md')).toContain('memory, not skill');
  });

  it('over-samples small categories when asked to', async () => {
    const { code } = await cli.run([...grouped.slice(0, -4), '--group', 'Gruppe', '--out', 'smote.model', '--smote']);
    expect(code).toBe(0);
    expect(JSON.parse(contentOf('smote.model.report', 'report.json')).settings).toMatchObject({ smote: true });
  });

  it('draws rows by group when there are more than it may take, and says so', async () => {
    const { code, words } = await cli.run([...grouped, '--out', 'drawn.model', '--max-rows', '100']);
    expect(code).toBe(0);
    expect(words).toContain('The file has 120 labelled rows; 100 were drawn by group');
    const { data, twins } = JSON.parse(contentOf('drawn.model.report', 'report.json'));
    expect(data).toMatchObject({ labelled: 120, rows: 100 });
    expect(twins.groups).toBe(25);
  });

  it('reads standard input', async () => {
    const piped = ['train', '-', ...grouped.slice(2), '--out', 'piped.model'];
    const { code } = await cli.run(piped, { input: labelled(0, 120) });
    expect(code).toBe(0);
    expect(readFileSync(inFolder('piped.model')).equals(readFileSync(inFolder('own.model')))).toBe(true);
  });

  it('stopped by Ctrl-C it leaves nothing, and what was there stays', async () => {
    const before = { names: readdirSync(cli.folder).sort(), model: contentOf('own.model') };
    const running = cli.start(grouped);
    await untilSaid(running, 'checking on unseen tickets');
    running.signal('SIGINT');
    const { code, words, out } = await running.done;
    expect({ code, out }).toEqual({ code: 130, out: '' });
    expect(words).toContain('Stopped; nothing was written.');
    expect({ names: readdirSync(cli.folder).sort(), model: contentOf('own.model') }).toEqual(before);
  });

  it.skipIf(!hasPrlimit)('a disk that is full while it writes leaves what was there', () => {
    const before = { names: readdirSync(cli.folder).sort(), model: contentOf('own.model') };
    const env = { PATH: process.env['PATH'], HOME: cli.folder, SIGNALBOX_DATA: cli.dataFolder };
    const full = spawnSync('prlimit', ['--fsize=3000', process.execPath, program, ...grouped], {
      cwd: cli.folder,
      env,
      encoding: 'utf8',
    });
    expect({ code: full.status, out: full.stdout }).toEqual({ code: 1, out: '' });
    expect(full.stderr).toMatch(/\nsignalbox: The disk is full; nothing was written to own\.model\.report\./);
    expect({ names: readdirSync(cli.folder).sort(), model: contentOf('own.model') }).toEqual(before);
  });

  it.each([
    ['a model nobody knows', ['--model', 'magic'], 2, /Allowed choices are logreg/],
    ['a missing column', ['--group', 'Nope'], 1, /no column "Nope".*Anliegen, Art, Gruppe/],
    ['a missing label', ['--label', 'Konstante'], 1, /no column "Konstante".*Anliegen, Art, Gruppe/],
    ['one part', ['--cv', '1'], 2, /from 2 to 20/],
    ['a report in a folder that is not there', ['--report', 'nowhere/report'], 1, /There is no folder .*nowhere/],
  ])('refuses %s in one line', async (_, words, expected, message) => {
    const result = await cli.run([...train.slice(0, -1), 'refused.model', ...words]);
    expect(result.code).toBe(expected);
    expect(result.words).toMatch(message);
    expect(existsSync(inFolder('refused.model'))).toBe(false);
  });

  it('overwrites neither a file nor a folder of somebody else', async () => {
    writeFileSync(inFolder('notes.txt'), 'mine\n');
    const file = await cli.run([...train, '--out', 'notes.txt']);
    expect(file).toMatchObject({ code: 1, words: expect.stringContaining('no model of signalbox train') });
    mkdirSync(inFolder('folder'));
    writeFileSync(inFolder('folder', 'mine.txt'), 'mine\n');
    const folder = await cli.run([...train, '--out', 'other.model', '--report', 'folder']);
    expect(folder).toMatchObject({ code: 1, words: expect.stringContaining('folder holds mine.txt') });
    expect(contentOf('notes.txt')).toBe('mine\n');
    expect(readdirSync(inFolder('folder'))).toEqual(['mine.txt']);
  });
});

describe('files that cannot be learned from are refused in one line', () => {
  const rows = (count: number, line: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => line(i)).join('\n');
  it.each([
    ['an empty file', '', /odd\.csv is empty/],
    ['a header only', 'text,label\n', /has a header and no rows/],
    ['one category', 'text,label\nhello,a\nthere,a\nfriend,a\n', /has one category in the column "label"/],
    ['no label at all', 'text,label\nhello,\nthere,\n', /has no category in the column "label"/],
    ['three rows', 'text,label\nhello,a\nthere,b\nfriend,a\n', /3 labelled tickets, too few for 5 parts/],
    [
      '10,000 labels',
      `text,label\n${rows(10_000, (i) => `hello number ${i},L${i}`)}\n`,
      /10,000 different values.*no column of categories/,
    ],
    [
      'one text all over',
      `text,label\n${rows(40, (i) => `please help me with the printer now,${i % 2 ? 'a' : 'b'}`)}\n`,
      /All texts are near-twins/,
    ],
  ])('%s', async (_, content, message) => {
    writeFileSync(inFolder('odd.csv'), content);
    const { code, out, words } = await cli.run(['train', 'odd.csv', '--label', 'label', '--out', 'odd.model']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(words.split('\n').filter((line) => line.startsWith('signalbox: '))).toHaveLength(1);
    expect(words).toMatch(message);
    expect(existsSync(inFolder('odd.model'))).toBe(false);
  });
});

describe('what a person should mind is said', () => {
  it('of spellings, empty labels, single rows, mixed encodings and huge texts', async () => {
    const sound = labelled(0, 90).split('\n').slice(1, -1);
    const lines = [
      ...sound.map((line) => line.replace(/,g\d+$/, '')),
      ...['Fehler in der Abrechnung', 'wrong bill', 'zu viel bezahlt'].map((text) => `${text},rechnung `),
      'the only one of its kind,Einzelstück',
      ...Array.from({ length: 20 }, (_, i) => `kein Etikett für Nummer ${i},`),
      `${'x'.repeat(2_000_000)},Zugang`,
    ];
    // UTF-8 lines in a file that is Windows-1252 for the rest.
    const latin = Buffer.from(`Anliegen,Art\n${lines.join('\n')}\n`, 'latin1');
    const utf8 = Buffer.from('Frage zum Büro,Zugang\n', 'utf8');
    writeFileSync(inFolder('mixed.csv'), Buffer.concat([latin, utf8]));
    const words = ['train', 'mixed.csv', '--label', 'Art', '--text', 'Anliegen', '--cv', '3', '--out', 'mixed.model'];
    const found = await cli.run(words);
    expect(found.code).toBe(0);
    expect(found.words).toMatch(/"Rechnung" \(45 rows\) and "rechnung" \(3 rows\)/);
    expect(found.words).toMatch(/20 of 115 rows \(17\.4 %\) have nothing in the column "Art"/);
    expect(found.words).toMatch(/One row only: "Einzelstück" \(1\)\. .*always counts as wrong/);
    expect(found.words).toMatch(/Letters in a wrong encoding .* in 1 row, the first on line 117/);
    expect(found.words).toMatch(/longer than 1,000,000 characters|Anliegen is longer than/);
    const { warnings, data } = JSON.parse(contentOf('mixed.model.report', 'report.json'));
    expect(warnings.length).toBeGreaterThanOrEqual(4);
    expect(data.badRows).toBe(1);
    expect(contentOf('mixed.model.report', 'report.md')).toContain('## Mind first');
  });

  it.each([
    ['a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['Windows-1252', (text: string) => Buffer.from(text, 'latin1')],
  ])('nothing of a file with %s', async (_, encode) => {
    writeFileSync(inFolder('encoded.csv'), encode(labelled(0, 60)));
    const words = ['train', 'encoded.csv', ...grouped.slice(2, -4), '--out', 'encoded.model', '--group', 'Gruppe'];
    const found = await cli.run(words);
    expect(found.code).toBe(0);
    expect(found.words).not.toContain('encoding');
  });

  it('of parts that are more than the groups', async () => {
    const lines = labelled(0, 60).replaceAll(/,g(\d+)$/gm, (_, g: string) => `,g${Number(g) % 3}`);
    writeFileSync(inFolder('three.csv'), lines);
    const words = ['train', 'three.csv', '--label', 'Art', '--text', 'Anliegen', '--group', 'Gruppe'];
    const found = await cli.run([...words, '--out', 'three.model']);
    expect(found.code).toBe(0);
    expect(found.words).toContain('only 3 groups, so 3 parts were used instead of 5');
  });
});
