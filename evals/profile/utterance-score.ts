/**
 * Order numbers, invoice numbers and amounts that others marked in short English requests with typing errors, and
 * two patterns against their intents: who wants a refund or to cancel, beside who only asks for the rules of it.
 * `dev` by default; phrases were looked up in `train`.
 *
 *   node evals/profile/utterance-score.ts [--data FOLDER] [--part dev|train]
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { wilsonInterval } from '../../src/ml/index.ts';
import type { DomainPattern, EntityKind } from '../../src/ticket/index.ts';
import { entityNames, profileText } from '../../src/triage/index.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data/bitext') },
    part: { type: 'string', default: 'dev' },
  },
});

const kindOfMark: Readonly<Record<string, EntityKind>> = {
  order_id: 'order-number',
  invoice_id: 'invoice-number',
  refund_amount: 'amount',
};
const intents: readonly (readonly [pattern: DomainPattern, wanted: string, asked: string])[] = [
  ['refund-wanted', 'get_refund', 'check_refund_policy'],
  ['cancellation', 'cancel_order', 'check_cancellation_fee'],
];

function score(rows: readonly Record<string, string>[]): unknown {
  const names = entityNames();
  const read = rows.map((row) => ({
    row,
    found: profileText({ subject: '', body: row['utterance'] ?? '', language: 'en' }, names),
  }));
  const share = (hits: number, of: number): unknown => ({ hits, of, ...wilsonInterval(hits, of) });
  const entities = Object.entries(kindOfMark).map(([mark, kind]) => {
    const marked = read.filter(({ row }) => row['entity_type'] === mark);
    const hit = marked.filter(({ row, found }) =>
      found.entities.some(
        (e) => e.kind === kind && e.start < Number(row['end_offset']) && e.end > Number(row['start_offset']),
      ),
    );
    const elsewhere = read.filter(
      ({ row, found }) => row['entity_type'] !== mark && found.entities.some((e) => e.kind === kind),
    );
    return [kind, { recall: share(hit.length, marked.length), foundWhereNoneIsMarked: elsewhere.length }] as const;
  });
  const patterns = intents.map(([pattern, wanted, asked]) => {
    const having = (intent: string): unknown => {
      const of = read.filter(({ row }) => row['intent'] === intent);
      return share(of.filter(({ found }) => found.patterns.includes(pattern)).length, of.length);
    };
    return [pattern, { [wanted]: having(wanted), [asked]: having(asked) }] as const;
  });
  return { rows: rows.length, entities: Object.fromEntries(entities), patterns: Object.fromEntries(patterns) };
}

const file = join(options.data, `${options.part}.csv.gz`);
const result = existsSync(file)
  ? score(parse(gunzipSync(readFileSync(file)), { columns: true }) as Record<string, string>[])
  : 'skipped: the utterances are not on this machine';
console.log(JSON.stringify(result, null, 2));
