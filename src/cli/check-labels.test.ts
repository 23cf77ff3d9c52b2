import { describe, expect, it } from 'vitest';
import { describeBalance, labelWarnings, refuseUnlearnable, shortName } from './check-labels.ts';
import { looksGarbled } from './garbled-text.ts';
import type { LabelledFile } from './labelled-tickets.ts';

function fileOf(labels: readonly string[], more: Partial<LabelledFile> = {}): LabelledFile {
  const tickets = labels.map((category) => ({ subject: '', body: 'text', category }));
  const counts = { labelled: labels.length, drawnFor: null, badRows: 0, leftOut: 0, garbled: { rows: 0, line: 0 } };
  return { tickets, fileRows: labels.map((_, i) => i + 1), ...counts, hash: '', ...more };
}

const times = (label: string, count: number) => new Array<string>(count).fill(label);

function warningsOf(labels: readonly string[], more: Partial<LabelledFile> = {}) {
  const file = fileOf(labels, more);
  return labelWarnings({ file, balance: describeBalance(file.tickets).balance, options: { label: 'Art', cv: 5 } });
}

function refusalOf(labels: readonly string[], more: Partial<LabelledFile> = {}) {
  const file = fileOf(labels, more);
  const { balance } = describeBalance(file.tickets);
  return () => refuseUnlearnable({ source: 'x.csv', file, balance, options: { label: 'Art', cv: 5 } });
}

describe('labels', () => {
  it('that are sound bring no warning', () => {
    expect(warningsOf([...times('Rechnung', 20), ...times('Zugang', 30)])).toEqual([]);
    expect(refusalOf([...times('Rechnung', 20), ...times('Zugang', 30)])).not.toThrow();
  });

  it('that differ in capitals, blanks or hyphens only are named', () => {
    const labels = ['IT Support', 'it-support', 'IT  SUPPORT', 'Ärger', 'ärger', 'Other'].flatMap((l) => times(l, 9));
    const [words, ...rest] = warningsOf(labels);
    expect(rest).toEqual([]);
    expect(words).toMatch(/"IT Support" \(9 rows\).*"it-support" \(9 rows\)/);
    expect(words).toContain('"Ärger" (9 rows) and "ärger" (9 rows)');
    expect(words).not.toContain('Other');
  });

  it('of one row, or of fewer than parts, are named with what follows', () => {
    const words = warningsOf([
      ...times('a', 20),
      ...times('b', 20),
      'single',
      ...times('four', 4),
      ...times('five', 5),
    ]);
    expect(words).toEqual([
      expect.stringMatching(/^One row only: "single" \(1\)\. .*always counts as wrong/),
      expect.stringMatching(/^Fewer rows than the 5 parts: "four" \(4\)\./),
    ]);
  });

  it('that are missing, garbled or nearly all one are told', () => {
    expect(warningsOf([...times('a', 50), ...times('b', 50)], { leftOut: 100 })[0]).toMatch(
      /100 of 200 rows \(50\.0 %\)/,
    );
    expect(warningsOf([...times('a', 50), ...times('b', 50)], { leftOut: 2 })).toEqual([]);
    expect(warningsOf([...times('a', 95), ...times('b', 5)])[0]).toMatch(/"a" is 95\.0 % of all rows/);
    const garbled = { rows: 2, line: 7 };
    expect(warningsOf([...times('a', 50), ...times('b', 50)], { garbled })[0]).toMatch(
      /in 2 rows, the first on line 7/,
    );
  });

  it('that are no categories are refused, few of a small file are not', () => {
    expect(refusalOf(Array.from({ length: 10_000 }, (_, i) => `L${i}`))).toThrow(/10,000 different values/);
    expect(refusalOf(Array.from({ length: 4000 }, (_, i) => `L${i % 1001}`))).toThrow(/no column of categories/);
    expect(refusalOf(Array.from({ length: 300 }, (_, i) => `L${i % 150}`))).not.toThrow();
    expect(refusalOf(Array.from({ length: 30 }, (_, i) => `L${i % 20}`))).not.toThrow();
  });

  it('are shown with the largest first and the rest summed up', () => {
    const labels = Array.from({ length: 15 }, (_, c) => times(`c${c}`, 20 - c)).flat();
    const { words } = describeBalance(fileOf(labels).tickets);
    expect(words).toMatch(/^15 categories; always saying "c0" would be right in 10\.3 %:\n {9}20 {2}10\.3 % {2}c0\n/);
    expect(words).toContain('and 3 more categories, down to 6 rows');
  });
});

describe('words about a file', () => {
  it('name a label of --out-of-scope that no row has', () => {
    const of = (categories: (string | null)[]) => {
      const file = fileOf([]);
      const tickets = categories.map((category) => ({ subject: '', body: 'text', category }));
      return labelWarnings({
        file: { ...file, tickets },
        balance: [],
        options: { label: 'Art', cv: 2, outOfScope: 'Spma' },
      });
    };
    expect(of(['a', 'b'])).toEqual([expect.stringContaining('No row has the label "Spma"')]);
    expect(of(['a', null])).toEqual([]);
  });

  it('do not take a label that is mapped to nothing for a missing one', () => {
    const file = fileOf(times('a', 5), { leftOut: 5 });
    const words = (map: object) => labelWarnings({ file, balance: [], options: { label: 'Art', cv: 0, ...map } })[0];
    expect(words({})).toContain('have nothing in the column "Art"');
    expect(words({ map: 'map.json' })).toContain('have nothing, or a label that is mapped to nothing, in the column');
  });

  it('say so where every row is bad, instead of missing categories', () => {
    expect(refusalOf([], { labelled: 0, badRows: 7 })).toThrow(/no row that can be read: 7 bad rows/);
    expect(refusalOf([], { labelled: 0, badRows: 7, leftOut: 1 })).toThrow(/no category/);
  });

  it('keep control characters of a label from the terminal', () => {
    expect(shortName('\u001b[31mred\u0007\n \u009bnext')).toBe('[31mred next');
  });
});

describe('garbled letters', () => {
  it.each(['fÃ¼r', 'GrÃ¶ÃŸe', 'Ã„nderung', 'â€œquotedâ€', 'CafÃ©', '20Â°', 'f\ufffdr'])('are seen in %s', (text) => {
    expect(looksGarbled(`vorher ${text} nachher`)).toBe(true);
  });
  it.each(['für Größe', 'SÃO PAULO', 'Âge', 'Œuvre', '“quoted”', '20 °C', 'ÃO'])('are not seen in %s', (text) => {
    expect(looksGarbled(`vorher ${text} nachher`)).toBe(false);
  });
});
