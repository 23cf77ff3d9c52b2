import type { GuardrailAction, JudgeVerdict } from '../../ticket/index.ts';
import { bounds, show } from './bounds.ts';
import type { UnsafeFinding } from './find-unsafe.ts';

export interface BeforeDraft {
  readonly wantsPerson: boolean;
  readonly routerConfidence: number;
  readonly abstained: boolean;
  readonly categoryGiven: boolean;
}

export interface Action {
  readonly action: GuardrailAction;
  readonly notes: readonly string[];
}

/** What can be said before anything is written; null when an answer may be tried. */
export function chooseBeforeDraft(facts: BeforeDraft): Action | null {
  if (facts.wantsPerson) {
    return { action: 'PERSON_REQUESTED_ESCALATE', notes: ['The customer asks for a person.'] };
  }
  if (facts.categoryGiven || facts.routerConfidence >= bounds.routerConfidence) return null;
  const found = facts.abstained ? 'no category is trustworthy' : 'the category is uncertain';
  return {
    action: 'ROUTER_LOW_CONFIDENCE_ESCALATE',
    notes: [`Router confidence ${show(facts.routerConfidence)} is below ${show(bounds.routerConfidence)}: ${found}.`],
  };
}

/** What is wrong with a judged draft; null when it may be sent. */
export function chooseAfterJudge(judge: JudgeVerdict, unsafe: readonly UnsafeFinding[]): Action | null {
  if (unsafe.length > 0) {
    return {
      action: 'UNSAFE_ANSWER_ESCALATE',
      notes: unsafe.map(({ kind, sentence }) => `${unsafeWords[kind]}: “${sentence}”`),
    };
  }
  if (judge.failure !== null) {
    return { action: 'MODEL_FAILURE_ESCALATE', notes: [`The judge failed: ${judge.failure}.`] };
  }
  // Written this way round so that a score that is no number is poor, too.
  if (judge.score >= bounds.judgeScore) return null;
  return {
    action: 'LLM_POOR_ANSWER_RETRY',
    notes: [`Judge score ${show(judge.score)} is below ${show(bounds.judgeScore)}: ${judge.reasoning}`],
  };
}

const unsafeWords: Record<UnsafeFinding['kind'], string> = {
  'claimed-action': 'The draft claims an action that nobody has done',
  promise: 'The draft promises what the knowledge does not',
  leak: 'The draft tells instructions or secrets',
  'obeyed-instruction': 'The draft obeys an order hidden in the message',
};
