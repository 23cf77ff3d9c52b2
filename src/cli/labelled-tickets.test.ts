import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type LabelColumns, readLabelledTickets } from './labelled-tickets.ts';
import type { Terminal } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'signalbox-labelled-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const said: string[] = [];
const terminal: Terminal = {
  write: async () => undefined,
  say: (words) => said.push(words),
  signal: new AbortController().signal,
  unread: () => false,
  sayThrough: () => undefined,
};

/** 200 rows in 50 groups, a bad row and one without a label. */
const rows = Array.from({ length: 200 }, (_, i) => `Nachricht ${i} über etwas,${i % 2 ? 'a' : 'b'},g${i >> 2},0.5`);
const path = join(folder, 'tickets.csv');
writeFileSync(path, `text,label,group,urgency\n${rows.join('\n')}\nno urgency,a,g1,7\nno label,,g1,0.1\n`);

const columns: LabelColumns = { label: 'label', group: 'group', urgency: 'urgency' };
const read = (more: { maxRows?: number; maxCharacters?: number }) =>
  readLabelledTickets(path, columns, { terminal, mapLabel: (l) => l, maxRows: 1000, seed: 1, ...more });

describe('labelled tickets', () => {
  it('are all read where they fit, with their rows in the file', async () => {
    const file = await read({});
    expect(file).toMatchObject({ labelled: 200, drawnFor: null, badRows: 1, leftOut: 1 });
    expect(file.tickets).toHaveLength(200);
    expect(file.tickets[7]).toEqual({
      subject: '',
      body: 'Nachricht 7 über etwas',
      category: 'a',
      group: 'g1',
      urgency: 0.5,
    });
    expect(file.fileRows.slice(0, 3)).toEqual([1, 2, 3]);
  });

  it('are drawn in whole groups where rows or characters are too many, and bad rows are told once', async () => {
    said.length = 0;
    for (const [limit, most] of [
      [{ maxRows: 120 }, 120],
      [{ maxCharacters: 2200 }, 100],
    ] as const) {
      const file = await read(limit);
      expect(file.labelled).toBe(200);
      expect(file.drawnFor).toBe('maxRows' in limit ? 'rows' : 'memory');
      expect(file.tickets.length).toBeGreaterThan(0.9 * most);
      expect(file.tickets.length).toBeLessThanOrEqual(most);
      expect(file.fileRows).toHaveLength(file.tickets.length);
      const sizes = new Map<string, number>();
      for (const { group } of file.tickets) sizes.set(group!, (sizes.get(group!) ?? 0) + 1);
      expect(new Set(sizes.values())).toEqual(new Set([4]));
      file.tickets.forEach(({ body }, i) => {
        expect(body).toBe(`Nachricht ${file.fileRows[i]! - 1} über etwas`);
      });
    }
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(/row 201.*urgency must be a number from 0 to 1/);
  });
});
