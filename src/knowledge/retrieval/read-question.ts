import { splitSentences } from '../../ml/index.ts';
import type { Language } from '../../ticket/index.ts';
import { contextSlots, isFollowUp, readableContext } from './follow-up.ts';
import type { LanguageIndex } from './language-index.ts';
import { createQueryReader } from './read-query.ts';
import type { Slot } from './slot.ts';
import type { Synonyms } from './synonyms.ts';

/**
 * Of a long message so many words count, the ones worth most. Among 3,000 chunks a message of 1,600 characters
 * took 46 ms with 48 words and 23 ms with 32; a usual ticket has fewer.
 */
const mostSlots = 32;

/** So many sentences of a message are compared with noted questions one by one. */
const mostSentences = 12;

/** What is asked, as the search takes it. */
export interface AskedText {
  readonly text: string;
  readonly language: Language;
  /** The customer's message before, for a question that is not understood by itself. */
  readonly context?: string | undefined;
}

export interface Question {
  readonly slots: readonly Slot[];
  /** How like a noted question is to the whole, and to each sentence. */
  readonly comparers: readonly ((noted: Int32Array) => number)[];
  /** What is compared by meaning: the question, with the message before when it leans on that. */
  readonly meant: string;
}

export function readQuestion(index: LanguageIndex, asked: AskedText, synonyms: Synonyms): Question {
  const { text, language } = asked;
  const own = language === 'other' ? (index.language === 'de' ? 'de' : 'en') : language;
  const slots = strongest(createQueryReader(index, own, synonyms).read(text));
  const context = readableContext(asked.context ?? '');
  const leans = context.trim() !== '' && isFollowUp(text, own, slots.length);
  const before = leans ? createQueryReader(index, own, synonyms).read(context) : [];
  const sentences = splitSentences(text);
  const texts = sentences.length < 2 ? [text] : [text, ...sentences.slice(0, mostSentences).map((one) => one.text)];
  const comparers = texts.map((one) => index.groups.comparer(one, index.language));
  const meant = leans ? `${context}\n${text}` : text;
  return { slots: [...slots, ...contextSlots(slots, before)], comparers, meant };
}

function strongest(slots: readonly Slot[]): readonly Slot[] {
  if (slots.length <= mostSlots) return slots;
  const least = [...slots].sort((a, b) => b.worth - a.worth)[mostSlots - 1]!.worth;
  return slots.filter((slot) => slot.worth >= least).slice(0, mostSlots);
}
