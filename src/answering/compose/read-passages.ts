import { splitSentences } from '../../ml/index.ts';
import type { Passage } from '../../ticket/index.ts';
import { findBrothers } from './find-brothers.ts';
import { readTerms, type Term } from './terms.ts';
import { findValues, type ValueKind } from './values.ts';

/** A sentence, list item or table row of a passage, read once and compared with many questions. */
export interface Unit {
  readonly passage: Passage;
  /** Exactly as it stands in the passage. */
  readonly quote: string;
  readonly terms: readonly Term[];
  readonly values: ReadonlySet<ValueKind>;
  /** `step`: an item of a numbered list; such a list is answered whole. */
  readonly kind: 'sentence' | 'item' | 'step' | 'row' | 'code';
  /** Position within the passage, from 0. */
  readonly position: number;
  /** Where the quote begins in the passage's text. */
  readonly start: number;
  /** True when it points back ("This link is valid …"): what stands before belongs to its sense. */
  readonly pointsBack: boolean;
}

export interface ReadPassage {
  readonly passage: Passage;
  readonly units: readonly Unit[];
  /** Words of the nearest heading. */
  readonly heading: readonly Term[];
  /** Words of the headings above it and of the document's title. */
  readonly above: readonly Term[];
  /** Every distinct word of sentences and headings, with the number of sentences it stands in. */
  readonly vocabulary: ReadonlyMap<string, { readonly term: Term; readonly sentences: number }>;
  /** Words that stand for each other in like-shaped sentences; see find-brothers.ts. */
  readonly brothers: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Passages come again and again; reading one takes about 0.5 ms, so the last ones are kept. Texts decide, not ids. */
const kept = new Map<string, ReadPassage>();
const mostKept = 2000;

export function readPassages(passages: readonly Passage[]): ReadPassage[] {
  return passages.map((passage) => {
    const key = `${passage.language}\n${passage.document}\n${passage.heading}\n${passage.text}`;
    const known = kept.get(key);
    const read = known ?? readPassage(passage);
    if (known === undefined) {
      if (kept.size >= mostKept) kept.delete(kept.keys().next().value!);
      kept.set(key, read);
    }
    return known === undefined ? read : { ...read, passage, units: read.units.map((unit) => ({ ...unit, passage })) };
  });
}

function readPassage(passage: Passage): ReadPassage {
  const { language } = passage;
  const headings = passage.heading.split(' › ');
  const units: Unit[] = [];
  let numbered = false;
  for (const sentence of splitSentences(passage.text)) {
    if (/^#{1,6}\s/.test(sentence.text) || isTableHead(passage.text, sentence.end)) continue;
    // The second sentence of an item has no marker of its own and belongs to the same step.
    if (sentence.kind === 'item') numbered = hasMarker(passage.text, sentence.start) ?? numbered;
    const kind = sentence.kind === 'item' && numbered ? 'step' : sentence.kind;
    units.push({
      passage,
      quote: sentence.text,
      terms: readTerms(sentence.text.replaceAll('*', ''), language),
      values: findValues(sentence.text),
      kind,
      position: units.length,
      start: sentence.start,
      pointsBack: pointingWords.test(sentence.text),
    });
  }
  const heading = readTerms(headings.at(-1) ?? '', language);
  const above = readTerms([passage.document, ...headings.slice(0, -1)].join('\n'), language);
  const vocabulary = countWords(units, [...heading, ...above]);
  return { passage, units, heading, above, vocabulary, brothers: findBrothers(units) };
}

function countWords(units: readonly Unit[], headings: readonly Term[]): ReadPassage['vocabulary'] {
  const counted = new Map<string, { readonly term: Term; sentences: number }>();
  for (const term of headings) counted.set(term.key, { term, sentences: 0 });
  for (const unit of units) {
    for (const key of new Set(unit.terms.map((term) => term.key))) {
      const known = counted.get(key);
      if (known) known.sentences++;
      else counted.set(key, { term: unit.terms.find((term) => term.key === key)!, sentences: 1 });
    }
  }
  return counted;
}

const pointingWords =
  /^(?:this|these|that|those|it|they|he|she|after (?:this|these|that)|then|also|later|in this case|the (?:check|link|button|export|test|list|extract|agreement|discount|download link)|diese[rsmn]?|dies|er|sie (?!\p{L}+ sich)|es|dabei|dafür|dazu|danach|dann|damit|nach diese[rmn]|in diesem|auch|vorher|währenddessen|außerdem|der (?:test|auszug|link|export|vertrag|rabatt|downloadlink|zusatz)|die (?:prüfung|schaltfläche|liste|sperre|adresse))(?!\p{L})|(?<!\p{L})(?:there|dort|dafür|dazu|davon)(?!\p{L})/iu;

/** True after a number, false after a bullet, null in the middle of an item. */
function hasMarker(text: string, start: number): boolean | null {
  const before = text.slice(Math.max(0, start - 12), start);
  if (/(?:^|\n)\s*\d{1,3}[.)]\s+$/.test(before)) return true;
  return /(?:^|\n)\s*[-*+•]\s+$/.test(before) ? false : null;
}

/** The row above the line of dashes names columns and states nothing. */
const isTableHead = (text: string, end: number) => /^\s*\|?\s*\n\s*\|[\s:|-]+\|/.test(text.slice(end, end + 200));
