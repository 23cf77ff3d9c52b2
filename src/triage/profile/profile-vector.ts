import { domainPatterns, entityKinds, wordClasses } from '../../ticket/index.ts';
import type { TextProfile } from './text-profile.ts';

/** Names of the columns of `profileVector`. */
export const profileColumns: readonly string[] = [
  ...entityKinds.map((kind) => `entity ${kind}`),
  ...domainPatterns.map((pattern) => `pattern ${pattern}`),
  ...wordClasses.map((name) => `share of ${name}`),
  ...'words,sentences,word length,sentence length,different words,questions,requests,exclamations,capitals,shouted,numbers,odd words,greeting,closing,formal,informal,reading ease'.split(
    ',',
  ),
];

/** A profile as numbers of about [0,1] each, in the order of `profileColumns`: counts by their logarithm. */
export function profileVector({ entities, patterns, style }: TextProfile): Float64Array {
  const countOf = (kind: string): number => entities.filter((entity) => entity.kind === kind).length;
  const scaled = (count: number): number => Math.min(1, Math.log2(1 + count) / 4);
  return Float64Array.from([
    ...entityKinds.map((kind) => scaled(countOf(kind))),
    ...domainPatterns.map((pattern) => (patterns.includes(pattern) ? 1 : 0)),
    ...wordClasses.map((name) => Math.min(1, 4 * style.wordClassShares[name])),
    Math.log2(1 + style.words) / 10,
    Math.log2(1 + style.sentences) / 6,
    style.meanWordLength / 10,
    Math.min(1, style.meanSentenceLength / 40),
    style.typeTokenRatio,
    scaled(style.questions),
    scaled(style.requests),
    scaled(style.exclamations),
    Math.min(1, 4 * style.upperCaseShare),
    style.shoutedShare,
    Math.min(1, 4 * style.numberShare),
    Math.min(1, 4 * style.oddWordShare),
    style.greeting ? 1 : 0,
    style.closing ? 1 : 0,
    style.address === 'formal' ? 1 : 0,
    style.address === 'informal' ? 1 : 0,
    style.readability === null ? 0.5 : Math.min(1, Math.max(0, style.readability.score / 100)),
  ]);
}
