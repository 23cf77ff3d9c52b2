import type { AskOutcome, JudgeVerdict, Language } from '../ticket/index.ts';
import type { Ask } from './compose/find-asks.ts';
import { readTerms } from './compose/terms.ts';

/** Share of an ask's telling words that what is left open must hold, to be about this ask. */
const leastShared = 0.34;

export interface DraftToSettle {
  readonly language: Language;
  /** null: not judged. */
  readonly judge: JudgeVerdict | null;
  /** Sentences in which the draft itself says that the documentation does not tell. */
  readonly deferrals: readonly string[];
}

/**
 * What became of each thing the customer asks for: answered, or left to a person. What the judge finds unanswered
 * and what the draft itself says the documentation does not tell counts as deferred; a draft that nobody judged
 * answers nothing. What is left open and belongs to none of the asks is listed as one more.
 */
export function settleAsks(asks: readonly Ask[], draft: DraftToSettle): AskOutcome[] {
  const { judge } = draft;
  if (judge === null || judge.failure !== null) return deferAll(asks);
  const outcomes = asks.map(({ text }): AskOutcome => ({ ask: text, outcome: 'answered' }));
  for (const open of [...judge.unansweredAsks, ...draft.deferrals]) {
    const at = closest(asks, open, draft.language);
    const ask = at === -1 ? open : asks[at]!.text;
    outcomes.splice(at === -1 ? outcomes.length : at, at === -1 ? 0 : 1, { ask, outcome: 'deferred' });
  }
  return outcomes;
}

export const deferAll = (asks: readonly Ask[]): AskOutcome[] =>
  asks.map(({ text }) => ({ ask: text, outcome: 'deferred' }));

export const deferredOf = (outcomes: readonly AskOutcome[]): string[] =>
  outcomes.filter(({ outcome }) => outcome === 'deferred').map(({ ask }) => ask);

function closest(asks: readonly Ask[], open: string, language: Language): number {
  const exact = asks.findIndex(({ text }) => text === open);
  if (exact !== -1) return exact;
  const said = new Set(readTerms(open, language).map((term) => term.stem));
  const shares = asks.map(({ terms }) => {
    const telling = terms.filter((term) => !term.light);
    return telling.length === 0 ? 0 : telling.filter((term) => said.has(term.stem)).length / telling.length;
  });
  const most = Math.max(0, ...shares);
  return most < leastShared ? -1 : shares.indexOf(most);
}
