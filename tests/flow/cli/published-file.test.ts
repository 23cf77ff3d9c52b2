import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createCli } from './run-cli.ts';

const published = resolve(import.meta.dirname, '../../../../shared/data/tickets/dev.csv.gz');
const starter = resolve(import.meta.dirname, '../../../starter/tickets.jsonl');
const cli = createCli();
afterAll(() => cli.remove());

describe('the starter tickets', () => {
  it('are read to the end', async () => {
    const { code, words, rows } = await cli.run(['triage', starter, '--no-store']);
    expect(code).toBe(0);
    expect(words).toMatch(/ 0 of them bad/);
    expect(rows().length).toBeGreaterThan(1_200);
  });
});

describe.skipIf(!existsSync(published))('the published tickets (skipped where ../shared/data is absent)', () => {
  it('are read to the end: gzip, the published names, rows without a subject', async () => {
    const { code, words, rows } = await cli.run(['triage', published, '--no-store', '--label', 'queue']);
    expect(code).toBe(0);
    expect(words).toMatch(/2,814 rows, 0 of them bad/);
    const found = rows<{ row: number; language: string; confidence: number }>();
    expect(found.map((r) => r.row)).toEqual(Array.from({ length: 2_814 }, (_, i) => i + 1));
    const german = found.filter((r) => r.language === 'de').length;
    expect(german).toBeGreaterThan(500);
    expect(found.every((r) => r.confidence > 0 && r.confidence <= 1)).toBe(true);
  });
});
