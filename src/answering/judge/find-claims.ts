import { splitSentences } from '../../ml/index.ts';
import type { Draft } from '../../ticket/index.ts';
import type { Concepts } from '../compose/concepts.ts';
import { likeness } from '../compose/match-terms.ts';
import type { ReadPassage, Unit } from '../compose/read-passages.ts';
import { readTerms, type Term } from '../compose/terms.ts';
import { needsNoCitation } from '../llm/courtesy.ts';

export interface Claims {
  /** Sentences of the passages that the draft quotes, cites or retells. */
  readonly told: readonly Unit[];
  /** Sentences and quotes of the draft that no passage supports. */
  readonly unsupported: readonly string[];
  /** Factual sentences of the draft, supported or not. */
  readonly count: number;
}

/** Of a draft what claims something. */
export type ClaimedText = Pick<Draft, 'text' | 'citations' | 'language'>;

/**
 * Takes a draft apart, whoever wrote it. A quote that stands in a passage supports itself; any other factual
 * sentence needs a sentence of a passage that has all its numbers and codes and most of its words.
 */
export function findClaims(
  draft: ClaimedText,
  passages: readonly ReadPassage[],
  { concepts, frame }: { readonly concepts: Concepts; readonly frame: ReadonlySet<string> },
): Claims {
  const told = new Set<Unit>();
  const sentences = readSentences(passages);
  const unsupported: string[] = [];
  const take = (text: string, units: readonly Unit[]) => {
    if (units.length === 0) unsupported.push(text);
    for (const unit of units) told.add(unit);
  };
  for (const { quote } of draft.citations) take(quote, findQuoted(quote, sentences));
  let count = draft.citations.length;
  for (const sentence of splitSentences(draft.text)) {
    if (frame.has(sentence.text)) continue;
    const text = plain(sentence.text.replace(/\[\d+\]/g, ''));
    const units = isSourceLine(text) ? null : supportOf(text, draft, sentences, concepts);
    if (units === null) continue;
    count++;
    take(text, units);
  }
  return { told: [...told], unsupported, count };
}

/** The sentences that carry `text`; none when nothing does, null when it claims nothing. */
function supportOf(text: string, draft: ClaimedText, sentences: Sentences, concepts: Concepts): readonly Unit[] | null {
  const quoted = findQuoted(text, sentences);
  if (quoted.length > 0) return quoted;
  const terms = readTerms(text, draft.language);
  if (!isFactual(text, terms)) return null;
  const support = findSupport(terms, sentences.passages, concepts);
  return support === null ? [] : [support];
}

const plain = (text: string) => text.replaceAll('**', '').replaceAll('`', '').replace(/\s+/g, ' ').trim();

/** "(Source: Billing › Refunds)" */
const isSourceLine = (text: string) => /^\(?(?:source|sources|quelle|quellen)s?:/iu.test(text);

/** Passages with the bare text of each sentence, made once: every claim is compared with all of them. */
interface Sentences {
  readonly passages: readonly ReadPassage[];
  readonly bare: readonly { readonly unit: Unit; readonly text: string }[];
}

const readSentences = (passages: readonly ReadPassage[]): Sentences => ({
  passages,
  bare: passages.flatMap(({ units }) => units.map((unit) => ({ unit, text: plain(unit.quote).toLowerCase() }))),
});

function findQuoted(quote: string, { bare }: Sentences): Unit[] {
  const wanted = plain(quote).toLowerCase();
  if (wanted.length < 4) return [];
  const isQuoted = (own: string) =>
    own === wanted || (wanted.length >= 25 && own.includes(wanted)) || (own.length >= 15 && wanted.includes(own));
  return bare.filter(({ text }) => isQuoted(text)).map(({ unit }) => unit);
}

/** A sentence with a number or code, or with two telling words, unless it is courtesy or leads over. */
function isFactual(text: string, terms: readonly Term[]): boolean {
  if (needsNoCitation(text)) return false;
  const telling = terms.filter((term) => !term.light);
  return telling.some((term) => term.kind === 'number' || term.kind === 'code') || telling.length >= 2;
}

const leastSupport = 0.6;

/** The sentence that supports the claim best, if any does well enough. Neighbours lend their words. */
function findSupport(claim: readonly Term[], passages: readonly ReadPassage[], concepts: Concepts): Unit | null {
  let best: { readonly unit: Unit; readonly share: number } | null = null;
  const words = claim.filter((term) => !term.light);
  const exact = words.filter((term) => term.kind === 'number' || term.kind === 'code');
  for (const { units, heading } of passages) {
    for (const unit of units) {
      const near = [
        ...unit.terms,
        ...(units[unit.position - 1]?.terms ?? []),
        ...(units[unit.position + 1]?.terms ?? []),
      ];
      if (!exact.every((term) => near.some((other) => other.stem === term.stem))) continue;
      if (exact.length > 0 && !exact.some((term) => unit.terms.some((other) => other.stem === term.stem))) continue;
      const share = shareOf(words, [...near, ...heading], concepts);
      if (share >= leastSupport && (best === null || share > best.share)) best = { unit, share };
    }
  }
  return best === null ? null : best.unit;
}

function shareOf(words: readonly Term[], others: readonly Term[], concepts: Concepts): number {
  if (words.length === 0) return 1;
  const met = words.map((word) =>
    others.reduce(
      (most, other) => (most === 1 ? 1 : Math.max(most, likeness(word, other, concepts.related(word.stem)))),
      0,
    ),
  );
  return met.reduce((sum, one) => sum + one, 0) / words.length;
}
