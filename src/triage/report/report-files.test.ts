import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../ml/index.ts';
import { trainAndCheck } from '../train-classifier.ts';
import type { Guess } from '../training-metrics.ts';
import type { LabelledTicket, TriageModel } from '../triage-model.ts';
import { measureReport, type ReportGiven } from './measure-report.ts';
import { writeReportFiles } from './report-files.ts';
import type { TwinFigures } from './report-shape.ts';

const english = ['my invoice of May shows the wrong amount', 'I cannot log in with my new password'];
const german = [
  'meine Rechnung vom Mai hat den falschen Betrag',
  'ich kann mich mit dem neuen Passwort nicht anmelden',
];

let model: TriageModel;
let unseen: readonly Guess[];

beforeAll(async () => {
  const tickets = Array.from({ length: 40 }, (_, i): LabelledTicket => {
    const body = `${(i % 4 < 2 ? english : german)[i % 2]} ${i}`;
    return { subject: '', body, category: i % 2 === 0 ? 'Rechnung' : 'Zugang', group: `g${i}` };
  });
  ({ model, unseen } = await trainAndCheck(tickets, { seed: 1, folds: 2, variant: 'logreg' }));
});

const twins: TwinFigures = {
  cosine: 0.6,
  groupsBy: 'near-twins',
  groups: 30,
  largestGroup: 3,
  single: 20,
  tightened: 0,
  leaks: { random: { rows: 12, checked: 20, share: 0.6 }, byGroup: { rows: 0, checked: 20, share: 0 } },
};

function given(guesses: readonly Guess[], more: Partial<ReportGiven> = {}): ReportGiven {
  const data = { file: 'tickets.csv', sha256: 'abc', labelled: 40, rows: 40, badRows: 1, leftOut: 2 };
  const tickets = guesses.map(({ ticket }) => ticket);
  const rest = { random: null, model, bytes: 1000, data, settings: {}, twins, warnings: [], seed: 1 };
  return { kind: 'training', tickets, guesses, ...rest, ...more };
}

/** Guesses of `classes` categories, most of them right; a text for each language. */
function guessesOf(classes: number, rows: number, nameOf = (c: number) => `category ${c}`): Guess[] {
  const random = createRandom(1);
  return Array.from({ length: rows }, (_, row) => {
    const truth = row % classes;
    const found = random.next() < 0.8 ? truth : random.integer(classes);
    const body = row % 2 === 0 ? english[0]! : german[0]!;
    const ticket = { subject: '', body, category: nameOf(truth), group: `g${row >> 1}` };
    return { row, ticket, category: nameOf(found), confidence: random.next(), abstained: false, urgency: null };
  });
}

const filesOf = (guesses: readonly Guess[], more: Partial<ReportGiven> = {}) =>
  writeReportFiles(
    measureReport(given(guesses, more)),
    guesses,
    guesses.map((_, i) => i + 1),
  );

/** Every element is closed, and nothing stands between them that XML forbids. */
function expectWellFormed(svg: string): void {
  const open: string[] = [];
  for (const [, closing, name, , selfClosed] of svg.matchAll(/<(\/?)([a-z]+)((?:"[^"]*"|[^<>"])*?)(\/?)>/g)) {
    if (closing === '/') expect(open.pop()).toBe(name);
    else if (selfClosed === '') open.push(name!);
  }
  expect(open).toEqual([]);
  const bare = svg.replace(/<(?:"[^"]*"|[^<>"])*>/g, '');
  expect(bare).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot);)|(?![\t\n])\p{Cc}/u);
}

describe('the report', () => {
  it('holds scores per language beside the majority, and every interval holds its value', () => {
    const report = measureReport(given(guessesOf(3, 600)));
    expect(report.languages.map(({ language, rows }) => [language, rows])).toEqual([
      ['en', 300],
      ['de', 300],
    ]);
    for (const { majority, accuracy, accuracyInterval } of report.languages) {
      expect(majority.accuracy).toBeLessThan(0.4);
      expect(majority.macroF1).toBeCloseTo((2 * majority.accuracy) / (1 + majority.accuracy) / 3, 12);
      expect(accuracyInterval.low).toBeLessThan(accuracy);
      expect(accuracyInterval.high).toBeGreaterThan(accuracy);
    }
    for (const { f1, f1Interval } of report.classes) {
      expect(f1Interval.low).toBeLessThanOrEqual(f1);
      expect(f1Interval.high).toBeGreaterThanOrEqual(f1);
    }
    const right = Math.round(report.figures.accuracy * 600);
    expect(report.mixedUp.reduce((sum, { rows }) => sum + rows, 0)).toBe(600 - right);
    expect(report.calibration.equalMass.bins.map(({ count }) => count)).toEqual(new Array(15).fill(40));
  });

  it('tells warnings to their end, before anything else but the short form', () => {
    const long = `Mind <this> ${'very '.repeat(60)}much.`;
    const [before, after] = filesOf(unseen, { warnings: [long] })['report.md'].split('## Mind first');
    expect(before).toContain('## In short');
    expect(after).toContain('very much.');
    expect(after).toContain('\\<this\\>');
  });

  it('is the same bytes for the same guesses and tells no time', () => {
    const files = filesOf(unseen);
    expect(filesOf(unseen)).toEqual(files);
    for (const [name, content] of Object.entries(files))
      if (name !== 'misread.csv') expect(content).not.toMatch(/\d{4}-\d\d-\d\d|\d\d:\d\d/);
    expect(() => JSON.parse(files['report.json'])).not.toThrow();
  });

  it('shows a random split only beside the split by group', () => {
    const random = unseen.map((guess) => ({ ...guess, category: guess.ticket.category! }));
    const plain = filesOf(unseen);
    expect(plain['report.md']).not.toContain('random split |');
    const both = filesOf(unseen, { random });
    expect(both['report.md']).toMatch(/\| {2}\| by group \| random split \|/);
    expect(JSON.parse(both['report.json']).randomSplit).toMatchObject({ accuracy: 1 });
    expect(both['report.md'].split('\n').find((line) => line.includes('Of 100 tickets'))).toBe(
      plain['report.md'].split('\n').find((line) => line.includes('Of 100 tickets')),
    );
  });

  it('takes guesses that are all right, none at all, and none in scope', () => {
    const right = unseen.map((guess) => ({ ...guess, category: guess.ticket.category! }));
    expect(filesOf(right)['report.md']).toContain('Nothing was mixed up.');
    expect(filesOf(right)['misread.csv'].trim().split('\r\n')).toHaveLength(1);
    const outside = unseen.map((guess) => ({ ...guess, ticket: { ...guess.ticket, category: null } }));
    for (const guesses of [[], outside]) {
      const files = filesOf(guesses);
      expectWellFormed(files['confusion.svg']);
      expectWellFormed(files['reliability.svg']);
      expect(JSON.stringify(files)).not.toMatch(/NaN|undefined|Infinity/);
    }
  });
});

describe('pictures', () => {
  it.each([
    ['numbers in squares', 12],
    ['squares', 77],
    ['the worst pairs', 150],
  ])('draw %s for %i categories, with words for those who cannot see', (_, classes) => {
    const { 'confusion.svg': confusion, 'reliability.svg': reliability } = filesOf(guessesOf(classes, 3000));
    for (const svg of [confusion, reliability]) {
      expectWellFormed(svg);
      expect(svg).toMatch(/role="img" aria-labelledby="title description"/);
      expect(svg).toContain('prefers-color-scheme:dark');
      expect(svg).toContain('n = 3,000 tickets');
    }
    expect(confusion.length).toBeLessThan(400_000);
    expect(confusion.includes('what the model said</text>')).toBe(classes <= 80);
    expect(reliability.match(/<circle/g)).toHaveLength(15);
  });

  it('and words are harmless whatever the names of categories are', () => {
    const names = ['<script>alert("x")</script>', 'a & b | `c`\n# d', '[x](javascript:y) \u0000\ud800 é 日本', '=1+1'];
    const files = filesOf(guessesOf(4, 400, (c) => names[c]!));
    expectWellFormed(files['confusion.svg']);
    expect(files['confusion.svg']).not.toContain('<script');
    expect(files['report.md']).not.toMatch(/(?<!\\)<script|(?<!\\)\[x\]|^# d/m);
    const tables = files['report.md'].split('\n').filter((line) => line.startsWith('| '));
    for (const line of tables) expect(line.match(/(?<!\\)\|/g)!.length).toBeGreaterThan(3);
    expect(files['misread.csv']).not.toMatch(/,=1/);
  });
});

describe('misread tickets', () => {
  it('stand with the surest mistake first, shortened, with their row, and read back as CSV', () => {
    const texts = ['kurz', `lang "mit" Zitat,\n${'ü'.repeat(500)}`, '-1 is no formula', '@SUM(A1)'];
    const guesses = texts.map((body, row): Guess => {
      const ticket = { subject: row === 0 ? 'Betreff' : '', body, category: 'a', group: 'g' };
      return { row, ticket, category: 'b', confidence: 0.5 + row / 10, abstained: row === 0, urgency: null };
    });
    const outside = { subject: '', body: 'something else', category: null, group: null };
    guesses.push({ row: 4, ticket: outside, category: 'a', confidence: 0.99, abstained: false, urgency: null });
    guesses.push({ row: 5, ticket: outside, category: 'a', confidence: 0.98, abstained: true, urgency: null });
    const csv = writeReportFiles(measureReport(given(guesses)), guesses, [11, 12, 13, 14, 15, 16])['misread.csv'];
    const rows = parse(csv, { columns: true, bom: true }) as Record<string, string>[];
    expect(rows.map(({ row }) => row)).toEqual(['15', '14', '13', '12', '11']);
    expect(rows[0]).toMatchObject({ expected: '(out of scope)', found: 'a', confidence: '0.990' });
    expect(rows[1]!['text']).toBe("'@SUM(A1)");
    expect(rows[2]!['text']).toBe("'-1 is no formula");
    expect([...rows[3]!['text']!]).toHaveLength(300);
    expect(rows[4]).toMatchObject({ text: 'Betreff | kurz', abstained: 'yes', group: 'g' });
  });
});
