/**
 * How much personal data the masker finds, and how much else it takes for personal. Three sources:
 * our own labelled messages (German and English; half of them locked before the masker was written), English spans of
 * others, and mails of others in several languages into which names, addresses and numbers were put by a few phrases.
 * Of the public data one half (by hash) may be looked at; figures are of the other. A span counts as found when every
 * letter and digit of it is masked, and as touched when any is. Prints JSON.
 *
 *   node evals/masking/masking-score.ts [--data FOLDER] [--half first|second]
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { wilsonInterval } from '../../src/ml/index.ts';
import type { Language } from '../../src/ticket/index.ts';
import { entityNames, findEntities } from '../../src/triage/index.ts';
import { isFirstHalf } from '../halves.ts';
import { findInjected } from './injected-mails.ts';
import { type MaskedSpan, maskedSpans } from './masked-spans.ts';
import { readMaskingCases } from './read-cases.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data/pii') },
    half: { type: 'string', default: 'second' },
  },
});

interface Share {
  readonly hits: number;
  readonly of: number;
  readonly share: number;
  readonly interval: readonly [number, number];
}

const shareOf = (hits: number, of: number): Share | null => {
  if (of === 0) return null;
  const { low, high } = wilsonInterval(hits, of);
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return { hits, of, share: round(hits / of), interval: [round(low), round(high)] };
};

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Letters and digits of a span that are masked, and all of them. */
function coverage(text: string, span: Place, masked: readonly Place[]): { hidden: number; all: number } {
  let hidden = 0;
  let all = 0;
  for (let at = span.start; at < span.end; at++) {
    if (!/[\p{L}\p{N}]/u.test(text[at]!)) continue;
    all++;
    if (masked.some(({ start, end }) => at >= start && at < end)) hidden++;
  }
  return { hidden, all };
}

class Counts {
  readonly #found = new Map<string, { whole: number; touched: number; of: number }>();

  add(kind: string, { hidden, all }: { hidden: number; all: number }): void {
    const entry = this.#found.get(kind) ?? { whole: 0, touched: 0, of: 0 };
    entry.of += 1;
    if (hidden === all) entry.whole += 1;
    if (hidden > 0) entry.touched += 1;
    this.#found.set(kind, entry);
  }

  report(): Record<string, { whole: Share | null; touched: Share | null }> {
    return Object.fromEntries(
      [...this.#found]
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([kind, { whole, touched, of }]) => [kind, { whole: shareOf(whole, of), touched: shareOf(touched, of) }]),
    );
  }
}

const overlaps = (a: Place, b: Place): boolean => a.start < b.end && a.end > b.start;

function scoreOwn(name: string) {
  const cases = readMaskingCases(name);
  const recall = new Counts();
  const right: boolean[] = [];
  let untouched = 0;
  const harmless = cases.filter((c) => c.spans.length === 0);
  for (const { text, language, spans } of cases) {
    const masked = maskedSpans(text);
    for (const span of spans) {
      recall.add(span.kind, coverage(text, span, masked));
      recall.add(`all-${language}`, coverage(text, span, masked));
      recall.add('all', coverage(text, span, masked));
    }
    for (const mask of masked) right.push(spans.some((span) => overlaps(mask, span)));
    if (spans.length === 0 && masked.length === 0) untouched++;
  }
  return {
    messages: cases.length,
    recall: recall.report(),
    precision: shareOf(right.filter(Boolean).length, right.length),
    harmlessMessagesUntouched: shareOf(untouched, harmless.length),
  };
}

interface PublicRow {
  readonly full_text: string;
  readonly spans: readonly { entity_type: string; start_position: number; end_position: number }[];
}

/** Kinds of theirs that we mask, and what we call them; places, companies, ages and times are not masked by intention. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  PERSON: ['PERSON'],
  STREET_ADDRESS: ['ADDRESS'],
  CREDIT_CARD: ['CARD'],
  PHONE_NUMBER: ['PHONE'],
  EMAIL_ADDRESS: ['EMAIL'],
  IBAN_CODE: ['IBAN'],
  IP_ADDRESS: ['IP'],
  US_SSN: ['SSN'],
};

function scorePublic(rows: readonly PublicRow[]) {
  const recall = new Counts();
  const precision = new Map<string, { right: number; of: number }>();
  for (const { full_text: text, spans } of rows) {
    const places = spans.map((s) => ({ kind: s.entity_type, start: s.start_position, end: s.end_position }));
    const masked = maskedSpans(text);
    for (const span of places) if (span.kind in kinds) recall.add(span.kind, coverage(text, span, masked));
    for (const mask of masked) countMask(precision, mask, places);
  }
  return {
    rows: rows.length,
    recall: recall.report(),
    // Right: over something that is marked as personal or as a place, of whatever kind.
    precision: Object.fromEntries([...precision].map(([kind, { right, of }]) => [kind, shareOf(right, of)])),
  };
}

function countMask(
  precision: Map<string, { right: number; of: number }>,
  mask: MaskedSpan,
  places: readonly (Place & { readonly kind: string })[],
): void {
  for (const kind of [mask.kind, 'all']) {
    const entry = precision.get(kind) ?? { right: 0, of: 0 };
    entry.of += 1;
    if (places.some((place) => overlaps(mask, place))) entry.right += 1;
    precision.set(kind, entry);
  }
}

function scoreMails(mails: readonly string[]) {
  const found = new Counts();
  for (const mail of mails) {
    const masked = maskedSpans(mail);
    for (const item of findInjected(mail)) found.add(item.kind, coverage(mail, item, masked));
  }
  return { mails: mails.length, found: found.report() };
}

/** Numbers of the business in the starter tickets, by the finders of triage: how many are left in clear. */
function scoreStarter() {
  const names = entityNames();
  const kept = new Map<string, { clear: number; of: number }>();
  const file = new URL('../../starter/tickets.jsonl', import.meta.url);
  for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
    const { subject, body, language } = JSON.parse(line) as { subject: string; body: string; language: Language };
    const text = `${subject}\n\n${body}`;
    const masked = maskedSpans(text);
    for (const entity of findEntities(text, { language, names })) {
      if (!business.has(entity.kind)) continue;
      const entry = kept.get(entity.kind) ?? { clear: 0, of: 0 };
      entry.of += 1;
      if (!masked.some((mask) => overlaps(mask, entity))) entry.clear += 1;
      kept.set(entity.kind, entry);
    }
  }
  return Object.fromEntries([...kept].map(([kind, { clear, of }]) => [kind, shareOf(clear, of)]));
}

const business = new Set<string>([
  'order-number',
  'invoice-number',
  'ticket-number',
  'customer-number',
  'reference-number',
  'version',
  'error-code',
  'amount',
  'date',
  'product',
]);

const wanted = (text: string): boolean => isFirstHalf(text) === (options.half === 'first');
const report: Record<string, unknown> = {
  own: { dev: scoreOwn('dev-cases'), locked: scoreOwn('locked-cases') },
  businessKept: scoreStarter(),
};
const files = ['synth.json.gz', 'emails-with-pii-sample.csv.gz'].map((name) => join(options.data, name));
if (files.every((file) => existsSync(file))) {
  const [spans, mails] = files.map((file) => gunzipSync(readFileSync(file)).toString('utf8'));
  const rows = (JSON.parse(spans!) as PublicRow[]).filter(({ full_text: text }) => wanted(text));
  report['publicSpans'] = { half: options.half, ...scorePublic(rows) };
  report['publicMails'] = { half: options.half, ...scoreMails(readMails(mails!).filter(wanted)) };
} else report['publicData'] = `left out: ${options.data} has no pii data`;
console.log(JSON.stringify(report, null, 1));

/** First column of the CSV; its quotes are doubled within. */
function readMails(csv: string): string[] {
  return [...csv.matchAll(/^"((?:[^"]|"")*)",[^,\n"]*$/gm)].map((match) => match[1]!.replaceAll('""', '"'));
}
