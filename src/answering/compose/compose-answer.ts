import type { Citation, Draft, Language, Passage } from '../../ticket/index.ts';
import { type FrameSettings, frameAnswer } from '../frame-answer.ts';
import type { Manner } from '../personalise.ts';
import { type Concepts, createConcepts } from './concepts.ts';
import { type Ask, findAsks } from './find-asks.ts';
import { leaveOutTold } from './leave-out-told.ts';
import type { Unit } from './read-passages.ts';
import { readPassages } from './read-passages.ts';
import { type Strategy, selectUnits } from './select-sentences.ts';

export interface CompositionRequest {
  readonly subject: string;
  readonly question: string;
  readonly language: Language;
  readonly category: string;
  readonly passages: readonly Passage[];
  readonly manner: Manner;
  readonly strategy: Strategy;
  /** What the question asks for, where that is known already. */
  readonly asks?: readonly Ask[];
}

export interface CompositionSettings extends FrameSettings {
  readonly concepts?: Concepts;
}

export interface Composed {
  readonly draft: Draft;
  /** Sentences around the facts; none of them is a claim. */
  readonly frame: ReadonlySet<string>;
  /** The same reply that says of each of these asks that it is left to a person. */
  defer(asks: readonly string[]): Composed;
}

const builtIn = createConcepts();

/**
 * An answer made of the passages' own sentences, framed by a template. Nothing is written anew, so every fact
 * carries its source and its exact wording. Null when no sentence fits.
 *
 * `focused` takes the best sentences for each ask; `passage` takes the best section as a whole, found by
 * another ranking, so that a second attempt is really another one. What an earlier answer of the conversation has
 * told is told again only where it is the best there is for an ask.
 */
export function composeAnswer(request: CompositionRequest, settings: CompositionSettings): Composed | null {
  const concepts = settings.concepts ?? builtIn;
  const { subject, question: body, language } = request;
  const asks = request.asks ?? findAsks({ subject, body, language });
  const passages = readPassages(request.passages);
  const selected = selectUnits({ asks, passages, concepts, strategy: request.strategy });
  const { answeredBefore } = request.manner;
  const units = leaveOutTold(selected, { answeredBefore, asks, passages, concepts });
  if (units.length === 0) return null;
  return compose(units, { request, settings, earlierAnswer: units.length < selected.length });
}

interface Composition {
  readonly request: CompositionRequest;
  readonly settings: CompositionSettings;
  readonly earlierAnswer: boolean;
}

function compose(units: readonly Unit[], composition: Composition, deferred: readonly string[] = []): Composed {
  const { request, settings, earlierAnswer } = composition;
  const { manner, category } = request;
  const language = request.language === 'de' ? 'de' : 'en';
  const framed = frameAnswer(
    writeFacts(units, language),
    { manner, category, language, deferred, earlierAnswer },
    settings,
  );
  return {
    draft: {
      method: 'template',
      strategy: request.strategy,
      tone: manner.tone,
      language,
      text: framed.text,
      citations: units.map(toCitation),
      promptHash: framed.hash,
      model: null,
      tokens: null,
      personalised: framed.personalised,
    },
    frame: framed.frame,
    defer: (asks) => compose(units, composition, asks),
  };
}

function toCitation(unit: Unit): Citation {
  return { document: unit.passage.document, heading: unit.passage.heading, quote: unit.quote };
}

const sourceWord = { en: 'Source', de: 'Quelle' } as const;

/** The quotes, section by section, each section followed by where it stands. */
function writeFacts(units: readonly Unit[], language: 'en' | 'de'): string {
  const blocks: string[] = [];
  let at = 0;
  while (at < units.length) {
    let end = at + 1;
    while (end < units.length && units[end]!.passage.heading === units[at]!.passage.heading) end++;
    const section = units.slice(at, end);
    blocks.push(`${section.map(writeUnit).join('').trim()}\n(${sourceWord[language]}: ${section[0]!.passage.heading})`);
    at = end;
  }
  return blocks.join('\n\n');
}

function writeUnit(unit: Unit, index: number, section: readonly Unit[]): string {
  const plain = plainText(unit.quote);
  const before = section[index - 1];
  if (unit.kind === 'sentence') return before && before.kind !== 'sentence' ? `\n\n${plain} ` : `${plain} `;
  if (unit.kind === 'row')
    return `\n- ${plain
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim())
      .join(': ')}`;
  if (unit.kind !== 'step') return `\n- ${plain}`;
  // One item may hold two sentences; the second goes on in the same line.
  return startsItem(unit) ? `\n${itemNumber(unit)}. ${plain}` : ` ${plain}`;
}

const markers = /(?:^|\n)[^\S\n]*(\d{1,3})[.)][^\S\n]+$/;

const textBefore = (unit: Unit) => unit.passage.text.slice(0, unit.start);
const startsItem = (unit: Unit) => markers.test(textBefore(unit));
const itemNumber = (unit: Unit) => markers.exec(textBefore(unit))?.[1] ?? '';

/** Markdown emphasis and code marks are for the page, not for a mail. */
const plainText = (quote: string) => quote.replaceAll('**', '').replaceAll('`', '').replace(/\s+/g, ' ');
