/**
 * Entities on labelled cases of our own (both languages): precision and recall per kind with Wilson's intervals. A
 * hit has the kind and exactly the span; the share of hits with the right value stands beside it. `dev` was tuned
 * on, `locked` was written before the code and is looked at as a whole only. Cases and code have one author: the
 * figures for data of others (see pii-recall) are the sterner ones.
 *
 *   node evals/profile/entity-score.ts [--part dev|locked] [--show]
 */
import { parseArgs } from 'node:util';
import { wilsonInterval } from '../../src/ml/index.ts';
import { entityKinds } from '../../src/ticket/index.ts';
import { type Entity, entityNames, findEntities } from '../../src/triage/index.ts';
import { type LabelledCase, readLabelledCases } from './labelled-cases.ts';

const { values: options } = parseArgs({
  options: { part: { type: 'string' }, show: { type: 'boolean', default: false } },
});
const names = entityNames({ products: ['Quillhaven'] });

interface Counts {
  hits: number;
  found: number;
  there: number;
  values: number;
  valued: number;
}

function countCase(counts: Map<string, Counts>, labelled: LabelledCase): void {
  const found = findEntities(labelled.text, { language: labelled.language, names });
  const same = (a: { kind: string; start: number; end: number }, b: typeof a): boolean =>
    a.kind === b.kind && a.start === b.start && a.end === b.end;
  const add = (kind: string, what: keyof Counts): void => {
    for (const key of [kind, 'all', labelled.language]) {
      const row = counts.get(key) ?? { hits: 0, found: 0, there: 0, values: 0, valued: 0 };
      row[what]++;
      counts.set(key, row);
    }
  };
  for (const entity of found) add(entity.kind, 'found');
  for (const entity of labelled.entities) {
    add(entity.kind, 'there');
    const hit = found.find((other) => same(entity, other));
    if (hit === undefined) continue;
    add(entity.kind, 'hits');
    if (entity.value !== null) add(entity.kind, 'valued');
    if (entity.value === hit.value) add(entity.kind, 'values');
  }
  if (options.show) showMisread(labelled, found);
}

function showMisread({ text, entities }: LabelledCase, found: readonly Entity[]): void {
  const words = (list: readonly { kind: string; start: number; end: number; value: string | null }[]): string =>
    list.map(({ kind, start, end, value }) => `${kind}[${text.slice(start, end)}]${value ?? ''}`).join('; ');
  const truth = words(entities.map((e, i) => ({ ...e, value: e.value ?? found[i]?.value ?? null })));
  if (truth !== words(found)) console.error(`${text}\n   truth ${truth}\n   found ${words(found)}`);
}

function scorePart(part: string): unknown {
  const counts = new Map<string, Counts>();
  const cases = readLabelledCases(`${part}-cases`);
  for (const labelled of cases) countCase(counts, labelled);
  const rounded = ({ low, high }: { low: number; high: number }): string => `${low.toFixed(2)}–${high.toFixed(2)}`;
  const rows = ['all', 'en', 'de', ...entityKinds].flatMap((kind) => {
    const row = counts.get(kind);
    if (row === undefined) return [];
    const precision = `${row.hits}/${row.found} (${rounded(wilsonInterval(row.hits, row.found))})`;
    const recall = `${row.hits}/${row.there} (${rounded(wilsonInterval(row.hits, row.there))})`;
    return [[kind, { precision, recall, values: `${row.values}/${row.valued}` }] as const];
  });
  return { cases: cases.length, ...Object.fromEntries(rows) };
}

const parts = options.part === undefined ? ['dev', 'locked'] : [options.part];
console.log(JSON.stringify(Object.fromEntries(parts.map((part) => [part, scorePart(part)])), null, 2));
