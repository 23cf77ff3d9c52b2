import { askSame } from './knowledge/index.ts';
import type { Language } from './ticket/index.ts';
import { findSignals } from './triage/index.ts';

/** Words that may say of an answer that it was none. */
const denial =
  /\b(?:not|no|never|\w+n't|still|again|wrong|nicht|kein\w*|nie|immer noch|wieder|falsch\w*|schon (?:gesagt|geschrieben)|already)\b/i;

/**
 * Whether somebody in a chat goes on to another question, which says nothing about the answer before. In doubt false:
 * who denies, complains, wants a person or asks the same again has not been helped.
 */
export function isFurtherQuestion(text: string, before: { text: string; language: Language }): boolean {
  if (!text.includes('?') || denial.test(text)) return false;
  const { frustration, notWorking, wantsPerson } = findSignals(text);
  return !frustration && !notWorking && !wantsPerson && !askSame(text, before.text, before.language);
}
