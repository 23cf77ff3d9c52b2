import { wilsonInterval } from '../ml/index.ts';
import { count, duration, many, percent } from './figures.ts';
import type { TriageLine } from './triage-line.ts';

/** Counts of one run, and how its words end. */
export interface TriageSummary {
  add(line: TriageLine, expected: string | undefined): void;
  bad(): void;
  rows(): number;
  badRows(): number;
  words(seconds: number): string[];
}

export function createSummary(): TriageSummary {
  const perCategory = new Map<string, number>();
  const agreement = { right: 0, all: 0 };
  let good = 0;
  let badRows = 0;
  let abstained = 0;
  return {
    add(line, expected) {
      good++;
      const category = line.category ?? 'unknown';
      perCategory.set(category, (perCategory.get(category) ?? 0) + 1);
      if (line.abstained === true) abstained++;
      if (expected === undefined) return;
      agreement.all++;
      if (expected === category) agreement.right++;
    },
    bad: () => void badRows++,
    rows: () => good + badRows,
    badRows: () => badRows,
    words(seconds) {
      const rate = Math.round((good + badRows) / seconds);
      const lines = [
        `${many(good + badRows, 'row')}, ${count(badRows)} of them bad, in ${duration(seconds)} (${count(rate)}/s)`,
      ];
      const widest = Math.max(0, ...[...perCategory.keys()].map((name) => name.length));
      for (const [name, n] of [...perCategory].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)))
        lines.push(`  ${name.padEnd(widest)}  ${count(n).padStart(9)}  ${percent(n / good).padStart(6)}`);
      if (good > 0) lines.push(`  not to be trusted (abstained): ${count(abstained)}, ${percent(abstained / good)}`);
      if (agreement.all > 0) lines.push(agreementWords(agreement));
      return lines;
    },
  };
}

function agreementWords({ right, all }: { right: number; all: number }): string {
  const { low, high } = wilsonInterval(right, all);
  return `  agrees with the label: ${percent(right / all)} of ${many(all, 'row')} (95 % interval ${percent(low)} to ${percent(high)})`;
}
