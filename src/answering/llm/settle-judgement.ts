import { z } from 'zod';
import type { Language } from '../../ticket/index.ts';

const share = z.number().min(0).max(1);
const findings = z.array(z.string().max(2_000)).max(50);

/** What the judge's prompt asks for, in the order in which it is to be written: findings before numbers. */
export const judgementSchema = z.object({
  asks: findings,
  unanswered_asks: findings,
  unsupported_claims: findings,
  helpfulness: share,
  accuracy: share,
  clarity: share,
  relevance: share,
  verdict: z.enum(['good', 'poor']),
  reasoning: z.string().max(4_000),
});
export type Judgement = z.output<typeof judgementSchema>;

export interface SettledJudgement {
  /** In [0,1]; below 0.5 the draft does not pass. */
  readonly score: number;
  readonly unansweredAsks: readonly string[];
  readonly unsupportedClaims: readonly string[];
  readonly reasoning: string;
}

/** Below the guardrail's 0.50, and far enough from it that no rounding lifts it. */
const poorAtMost = 0.45;

/**
 * Makes one score of a judgement. A draft is no better than it is true and useful: the score is the mean of the
 * four numbers, but never above accuracy or helpfulness. The findings outrank the numbers and the verdict: an
 * unanswered ask, an unsupported claim or the verdict "poor" keeps the score at 0.45 or below. So a judge
 * that contradicts itself is settled to the side of a person, whichever half of it was right.
 */
export function settleJudgement(judgement: Judgement, language: Language): SettledJudgement {
  const unansweredAsks = realFindings(judgement.unanswered_asks);
  const unsupportedClaims = realFindings(judgement.unsupported_claims);
  const { helpfulness, accuracy, clarity, relevance, verdict } = judgement;
  const mean = (helpfulness + accuracy + clarity + relevance) / 4;
  const numbers = Math.min(mean, accuracy, helpfulness);
  const found = unansweredAsks.length + unsupportedClaims.length > 0;
  const score = found || verdict === 'poor' ? Math.min(numbers, poorAtMost) : numbers;
  const note = noteOn({ found, verdict, numbers }, language === 'de' ? 'de' : 'en');
  const reasoning = [judgement.reasoning.trim(), note].filter((part) => part !== '').join(' ');
  return { score, unansweredAsks, unsupportedClaims, reasoning };
}

const placeholder = /^(?:none|no|nothing|n\/?a|null|nil|keine?[rs]?|nichts|entfällt|-+|–)[.!]?$/i;

/** Small models write "none" into a list that should be empty. */
function realFindings(list: readonly string[]): string[] {
  return list.map((item) => item.trim()).filter((item) => item !== '' && !placeholder.test(item));
}

interface Outcome {
  readonly found: boolean;
  readonly verdict: 'good' | 'poor';
  readonly numbers: number;
}

const notes = {
  en: {
    overridden: '(The verdict "good" was overridden: it contradicts the findings.)',
    numbersOverridden: '(The numbers were overridden: they contradict the findings.)',
    doubtful: '(The verdict "poor" names no finding; it was kept.)',
  },
  de: {
    overridden: '(Das Urteil „good“ wurde verworfen: Es widerspricht den Befunden.)',
    numbersOverridden: '(Die Noten wurden verworfen: Sie widersprechen den Befunden.)',
    doubtful: '(Das Urteil „poor“ nennt keinen Befund; es wurde beibehalten.)',
  },
} as const;

function noteOn({ found, verdict, numbers }: Outcome, language: 'en' | 'de'): string {
  if (found && verdict === 'good') return notes[language].overridden;
  if (found && numbers > poorAtMost) return notes[language].numbersOverridden;
  if (!found && verdict === 'poor' && numbers > poorAtMost) return notes[language].doubtful;
  return '';
}
