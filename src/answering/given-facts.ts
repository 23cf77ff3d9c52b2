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
  /(?<![\p{L}\d])(?:iphone|ipad|macbook|imac|galaxy|pixel|android|windows|macos|linux|ubuntu|ios|chrome|firefox|safari|edge|thinkpad|surface)(?: (?:pro|air|mini|max|tab|book|\d{1,3}(?:\.\d+)?)){0,3}(?![\p{L}\d])/giu;
const plans =
  /(?<!\p{L})(?:(?:[Tt]arif|[Pp]lan|[Pp]aket|[Aa]bo) „?["']?(\p{Lu}\p{Ll}{2,20})|(\p{Lu}\p{Ll}{2,20})[ -](?:[Tt]arif|[Pp]lan|[Pp]aket|[Ss]ubscription|[Aa]bo))(?!\p{L})/gu;
/** Words that stand before a plan and name none. */
const noPlan =
  /^(?:der|den|dem|des|das|die|dies\p{L}*|jen\p{L}*|ein\p{L}*|kein\p{L}*|mein\p{L}*|dein\p{L}*|unser\p{L}*|ihr\p{L}*|euer|eure\p{L}*|welch\p{L}*|jede\p{L}*|neue\p{L}*|alte\p{L}*|the|this|that|our|your|their|his|her|which|what|each|every|any|new|old|sie|ich|wir|ihre|can|does|is|and|und|oder|bitte|please)$/iu;

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
  for (const [, after, ahead] of text.matchAll(plans)) {
    const value = (after ?? ahead)!;
    if (!noPlan.test(value)) found.push({ kind: 'plan', value });
  }
  const once = new Map(found.toReversed().map((fact) => [fact.value.toLowerCase(), fact]));
  return [...once.values()].reverse().slice(-mostFacts);
}
