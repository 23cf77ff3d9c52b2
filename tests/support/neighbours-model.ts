import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LabelledTicket, saveTriageModel, trainTriageModel } from '../../src/triage/index.ts';

export interface NeighboursModel {
  /** For MODEL_FILE. */
  readonly file: string;
  readonly learned: readonly LabelledTicket[];
  remove(): void;
}

/** A model that compares with its training tickets: few, so that it is trained in a second. */
export async function writeNeighboursModel(more: readonly LabelledTicket[]): Promise<NeighboursModel> {
  const starter = readFileSync(new URL('../../starter/tickets.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter((row) => row.split === 'train' && ['Billing', 'Account'].includes(row.category))
    .slice(0, 120)
    .map(({ subject, body, category }): LabelledTicket => ({ subject, body, category }));
  const learned = [...starter, ...more];
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-neighbours-'));
  const file = join(folder, 'neighbours.model');
  writeFileSync(file, saveTriageModel(await trainTriageModel(learned, { seed: 1, folds: 2, variant: 'neighbours' })));
  return { file, learned, remove: () => rmSync(folder, { recursive: true }) };
}
