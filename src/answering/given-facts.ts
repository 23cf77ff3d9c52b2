import type { EntityKind, Language } from '../ticket/index.ts';
import type { AnswerContext, GivenFact } from './answer-context.ts';

/** Finds order numbers, error codes and the like in a text; wiring gives the finders of triage. */
export type FindEntities = (text: string, language: Language) => readonly { kind: EntityKind; text: string }[];

/** What an answer would otherwise ask for. Addresses and account numbers are left out: nobody needs them repeated. */
const wanted: ReadonlySet<EntityKind> = new Set([
  'order-number',
  'invoice-number',
  'ticket-number',
  'customer-number',
  'reference-number',
  'error-code',
  'version',
  'product',
]);

const mostFacts = 12;

const devices =
  /(?<![\p{L}\d])(?:iphone|ipad|macbook|imac|galaxy|pixel|android|windows|macos|linux|ubuntu|ios|chrome|firefox|safari|edge|thinkpad|surface)(?: (?:pro|air|mini|max|tab|book|\d{1,2}(?:\.\d+)?)){0,3}(?![\p{L}\d])/giu;
const plans =
  /(?<!\p{L})(?:(?:tarif|plan|paket|abo) „?["']?(\p{Lu}\p{L}{2,20})|(\p{Lu}\p{L}{2,20})[ -](?:tarif|plan|paket|subscription|abo))(?!\p{L})/gu;

/**
 * What the customer has said already, in this message or earlier in the conversation: order number, device, error
 * code, plan. Each value once; the 12 told last.
 */
export function findGiven(
  { subject, body, language, customer }: Pick<AnswerContext, 'subject' | 'body' | 'language' | 'customer'>,
  findEntities: FindEntities | undefined,
): GivenFact[] {
  const before = (customer?.turns ?? []).filter(({ author }) => author === 'customer').map(({ text }) => text);
  const text = [...before, subject, body].join('\n');
  const found: GivenFact[] = (findEntities?.(text, language) ?? [])
    .filter(({ kind }) => wanted.has(kind))
    .map(({ kind, text: value }) => ({ kind, value }));
  for (const [value] of text.matchAll(devices)) found.push({ kind: 'device', value });
  for (const [, after, ahead] of text.matchAll(plans)) found.push({ kind: 'plan', value: (after ?? ahead)! });
  const once = new Map(found.toReversed().map((fact) => [fact.value.toLowerCase(), fact]));
  return [...once.values()].reverse().slice(-mostFacts);
}
