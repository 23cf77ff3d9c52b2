import { askSame } from './knowledge/index.ts';
import type { Language } from './ticket/index.ts';
import { findSignals } from './triage/index.ts';

/** Words that may say of an answer that it was none. */
const denial =
  /\b(?:not|no|never|\w+n't|still|again|wrong|nicht|kein\w*|nie|immer noch|wieder|falsch\w*|schon (?:gesagt|geschrieben)|already)\b/i;

/** Words of somebody who did not understand the answer, or does not believe it: "What do you mean?", "Im Ernst?". */
const puzzled =
  /\b(?:mean|explain|exactly|kidding|joking|serious\w*|really|understand|confus\w*|unclear|meinst|meinen|gemeint|erklär\w*|genau|ernst\w*|versteh\w*|unklar)(?![\p{L}])|wie bitte/iu;
/** "Where?" and "Wo denn?" ask after the same; a question of its own has more words ("And for PayPal?"). */
const fewestWords = 3;

/**
 * Whether somebody in a chat goes on to another question, which says nothing about the answer before. In doubt false:
 * who denies, complains, wants a person or asks the same again has not been helped.
 */
export function isFurtherQuestion(text: string, before: { text: string; language: Language }): boolean {
  if (!text.includes('?') || denial.test(text) || puzzled.test(text)) return false;
  if ((text.match(/[\p{L}\p{N}]+/gu) ?? []).length < fewestWords) return false;
  const { frustration, notWorking, wantsPerson } = findSignals(text);
  return !frustration && !notWorking && !wantsPerson && !askSame(text, before.text, before.language);
}
