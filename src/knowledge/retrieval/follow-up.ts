import type { Language } from '../../ticket/index.ts';
import type { Slot } from './slot.ts';

/** A question of so few content words is not understood by itself … */
const alwaysShort = 2;
/** … and one of so many is not when it points at something said before. */
const shortWhenPointing = 5;
/** What a word of the customer's message before counts beside one of the question. */
const contextEmphasis = 0.4;
/** Words of the message before that are taken over, the ones worth most. */
const mostContextSlots = 8;
/** Of a long message before, its end is what the question follows. */
const mostContextLength = 600;

/** Words that stand for something said before. "The one", "das Gleiche" and "what about" need no own pattern: "one", "gleiche", "about". */
const pointing = {
  en: /\b(?:it|its|that|this|they|them|those|these|one|ones|there|then|instead|same|what about|how about|and if)\b|^(?:and|or|but|so)\b/iu,
  de: /(?<!\p{L})(?:das|dies|diese[rsmn]?|es|sie|ihn|ihm|ihnen|dafür|damit|davon|daran|dazu|dabei|dort|dann|stattdessen|gleiche[nrs]?|was ist mit|wie ist es|und wenn)(?!\p{L})|^(?:und|oder|aber|also)(?!\p{L})/iu,
};

/** Whether a question leans on what was said before: it is short, or it points back and is not long. */
export function isFollowUp(text: string, language: Language, contentWords: number): boolean {
  if (contentWords <= alwaysShort) return true;
  const points = language === 'de' ? pointing.de : pointing.en;
  return contentWords <= shortWhenPointing && points.test(text.trim());
}

/** The part of the message before that a follow-up is read with. */
export const readableContext = (context: string): string => context.slice(-mostContextLength);

/** The slots of the message before that the question has not itself, at a lower weight. */
export function contextSlots(own: readonly Slot[], before: readonly Slot[]): Slot[] {
  const said = new Set(own.map((slot) => slot.stem));
  return before
    .filter((slot) => slot.known && !said.has(slot.stem))
    .sort((a, b) => b.worth - a.worth || (a.stem < b.stem ? -1 : 1))
    .slice(0, mostContextSlots)
    .map((slot) => ({ ...slot, worth: slot.worth * contextEmphasis, emphasis: slot.emphasis * contextEmphasis }));
}
