/**
 * Spans of personal data as others generated them (English, many countries' formats): how much of what the data set
 * marks is found, and how much is found outside of any mark. Nothing was fitted here but the order of two finders
 *. A span counts as found when an entity of the right kind overlaps it.
 * And of what model files keep of training tickets: how often a value of such a kind stands in an excerpt. Names,
 * places and dates are not hidden there; they are counted, too.
 *
 *   node evals/profile/pii-recall.ts [--data FILE]
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { wilsonInterval } from '../../src/ml/index.ts';
import type { EntityKind } from '../../src/ticket/index.ts';
import { excerptOf } from '../../src/triage/examples.ts';
import { type Entity, entityNames, findEntities } from '../../src/triage/index.ts';

const { values: options } = parseArgs({
  options: { data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data/pii/synth.json.gz') } },
});

interface Row {
  readonly full_text: string;
  readonly spans: readonly {
    readonly entity_type: string;
    readonly start_position: number;
    readonly end_position: number;
  }[];
}

/** Their kinds that are ours as well; a bare year is a date to them and none to us. */
const kindsOf: Readonly<Record<string, readonly EntityKind[]>> = {
  EMAIL_ADDRESS: ['email'],
  PHONE_NUMBER: ['phone'],
  CREDIT_CARD: ['card'],
  IBAN_CODE: ['iban'],
  DOMAIN_NAME: ['url', 'host-name'],
  IP_ADDRESS: ['ip-address'],
};

type Span = Row['spans'][number];
const names = entityNames();
const overlap = (entity: Entity, span: Span): boolean =>
  entity.start < span.end_position && entity.end > span.start_position;
const agree = (entity: Entity, span: Span): boolean =>
  overlap(entity, span) && kindsOf[span.entity_type]?.includes(entity.kind) === true;

/** A mark and what was found of its kind in its place; whether an entity repeats a card or an account. */
function readMarks({ full_text: text, spans }: Row, entities: readonly Entity[]) {
  return spans
    .filter((span) => span.entity_type in kindsOf)
    .map((span) => {
      const written = text.slice(span.start_position, span.end_position);
      const secret = span.entity_type === 'CREDIT_CARD' || span.entity_type === 'IBAN_CODE';
      return {
        type: span.entity_type,
        found: entities.some((entity) => agree(entity, span)),
        repeated:
          secret && entities.some(({ text: shown, value }) => shown.includes(written) || value.includes(written)),
      };
    });
}

/** Of spans that begin early enough to stand in an excerpt, how many do, by kind. */
function keptInExcerpts(rows: readonly Row[]): Record<string, { readonly kept: number; readonly marked: number }> {
  const counts: Record<string, { kept: number; marked: number }> = {};
  for (const { full_text: body, spans } of rows) {
    const excerpt = excerptOf({ subject: '', body });
    for (const { entity_type: type, start_position: start, end_position: end } of spans) {
      if (start >= 60) continue;
      counts[type] ??= { kept: 0, marked: 0 };
      counts[type].marked++;
      if (excerpt.includes(body.slice(start, end).replace(/\s+/g, ' '))) counts[type].kept++;
    }
  }
  return counts;
}

function score(rows: readonly Row[]): unknown {
  const read = rows.map((row) => ({
    row,
    entities: findEntities(row.full_text, { language: 'en', names }),
  }));
  const marks = read.flatMap(({ row, entities }) => readMarks(row, entities));
  const outside = read.flatMap(({ row, entities }) =>
    entities.filter((entity) => !row.spans.some((span) => agree(entity, span))).map(({ kind }) => kind),
  );
  const recallOf = (type: string): unknown => {
    const marked = marks.filter((mark) => mark.type === type);
    const found = marked.filter((mark) => mark.found).length;
    return { found, marked: marked.length, ...wilsonInterval(found, marked.length) };
  };
  const kinds = [...new Set(Object.values(kindsOf).flat())];
  return {
    rows: rows.length,
    recall: Object.fromEntries(Object.keys(kindsOf).map((type) => [type, recallOf(type)])),
    keptInExcerpts: keptInExcerpts(rows),
    cardsAndAccountsRepeated: marks.filter((mark) => mark.repeated).length,
    foundOutsideOfMarks: Object.fromEntries(
      kinds.map((kind) => [kind, outside.filter((other) => other === kind).length]),
    ),
  };
}

const result = existsSync(options.data)
  ? score(JSON.parse(gunzipSync(readFileSync(options.data)).toString()) as Row[])
  : 'skipped: the spans of personal data are not on this machine';
console.log(JSON.stringify(result, null, 2));
