import type {
  AnsweringVerdict,
  CategoryDefinition,
  KnowledgeVerdict,
  PolicyVerdict,
  RuleCheck,
  TriageVerdict,
} from '../ticket/index.ts';
import { type EarlierAnswers, judgeEarlierAnswers } from './answered-before.ts';

/** Counts up when a rule changes; it goes on every decision. */
export const policyVersion = 'policy-5';

export interface PolicyInput {
  readonly triage: TriageVerdict;
  readonly knowledge: KnowledgeVerdict;
  readonly answering: AnsweringVerdict;
  readonly category: CategoryDefinition;
  /** The client named the category: it was not guessed. */
  readonly categoryGiven: boolean;
  /** What the machine sent in earlier runs of this ticket; absent: nothing. */
  readonly earlier?: EarlierAnswers;
  /** The open incident that the ticket is a member of and waits for; absent: none. */
  readonly incident?: string | null;
}

/** The rules by name, in the order in which they are asked. */
export const ruleNames = [
  'model-available',
  'no-wish-for-a-person',
  'no-reason-for-a-person',
  'open-incident',
  'not-urgent',
  'category-trusted',
  'guardrail-ok',
  'has-citation',
  'answered-before',
  'model-agrees',
  'confidence-at-threshold',
  'judge-vouches',
] as const;
export type RuleName = (typeof ruleNames)[number];

type Rule = (input: PolicyInput, confidence: number) => RuleCheck;

/** S above it means HIGH: a person looks at it, however good the article. */
const mostUrgent = 0.5;

/**
 * The rules of automatic resolution, in the order in which they are asked. All must pass; the first that
 * fails is the reason for the review. A model's words never pass a rule by themselves.
 */
const rules: readonly Rule[] = [
  ({ answering }) =>
    check(
      'model-available',
      answering.modelFailure === null,
      answering.modelFailure === null ? 'no model failed' : `the language model failed: ${answering.modelFailure}`,
    ),
  ({ triage }) =>
    check(
      'no-wish-for-a-person',
      !triage.signals.wantsPerson,
      triage.signals.wantsPerson ? 'the customer asks for a person' : 'the customer does not ask for a person',
    ),
  ({ triage }) =>
    check(
      'no-reason-for-a-person',
      triage.personReasons.length === 0,
      triage.personReasons.length === 0 ? 'nothing that only a person can do' : triage.personReasons.join(', '),
    ),
  ({ incident = null }) =>
    check(
      'open-incident',
      incident === null,
      incident === null ? 'no incident' : `many report the same: it waits for what ${incident} comes to`,
    ),
  ({ triage }) =>
    check(
      'not-urgent',
      triage.urgencyScore <= mostUrgent,
      `urgency ${triage.urgencyScore.toFixed(2)}, at most ${mostUrgent} is answered automatically`,
    ),
  ({ triage, categoryGiven }) =>
    check(
      'category-trusted',
      categoryGiven || !triage.abstained,
      categoryGiven
        ? 'the client named the category'
        : triage.abstained
          ? 'no category is trustworthy'
          : `the category is ${triage.category}`,
    ),
  ({ answering }) => check('guardrail-ok', answering.guardrail === 'OK', `guardrail ${answering.guardrail}`),
  ({ answering }) =>
    check(
      'has-citation',
      (answering.draft?.citations.length ?? 0) > 0,
      `${answering.draft?.citations.length ?? 0} citations`,
    ),
  ({ answering, earlier }) => {
    const { passed, detail } = judgeEarlierAnswers(answering.draft?.citations ?? [], earlier);
    return check('answered-before', passed, detail);
  },
  modelAgrees,
  (input, confidence) => {
    const needed = neededConfidence(input);
    return check(
      'confidence-at-threshold',
      confidence >= needed,
      `${percent(confidence)}, needed ${percent(needed)} for ${input.category.name}`,
    );
  },
  judgeVouches,
];

/**
 * From this score on the built-in judge vouches for a draft of templates, and this confidence of the router then does in
 * the place of the category's threshold. Where an answer stands, the judge tells answerable questions from others far
 * better than the router's confidence, which says only whose matter it is. Of 142 questions 6 of 106 right drafts more are
 * sent and no wrong one; bounds from 0.60 to 0.85 give the same. Below the guardrail's 0.55 nothing is sent.
 */
const vouching = { score: 0.8, confidence: 0.55 } as const;

function vouchedScore({ answering, category }: PolicyInput): number | null {
  const { judge, draft, modelDecision } = answering;
  if (category.judge_may_vouch !== true || modelDecision !== null) return null;
  if (judge === null || judge.kind !== 'heuristic' || judge.failure !== null || draft?.method !== 'template')
    return null;
  return judge.score >= vouching.score ? judge.score : null;
}

/** What the category asks for, or less where the judge vouches. */
function neededConfidence(input: PolicyInput): number {
  const threshold = input.category.auto_resolve_threshold;
  return vouchedScore(input) === null ? threshold : Math.min(threshold, vouching.confidence);
}

function judgeVouches(input: PolicyInput, confidence: number): RuleCheck {
  const { category, answering } = input;
  if (confidence >= category.auto_resolve_threshold) return check('judge-vouches', true, 'not needed');
  const score = vouchedScore(input);
  if (score !== null && confidence >= vouching.confidence) {
    return check(
      'judge-vouches',
      true,
      `the judge's ${score.toFixed(2)} makes up for the router's ${percent(confidence)}`,
    );
  }
  const own = answering.judge === null ? 'no judge was asked' : `the judge says ${answering.judge.score.toFixed(2)}`;
  const needed = `${vouching.score.toFixed(2)} of the built-in judge and ${percent(vouching.confidence)} would be needed`;
  return check(
    'judge-vouches',
    false,
    category.judge_may_vouch === true ? `${own}; ${needed}` : `not for ${category.name}`,
  );
}

function modelAgrees({ answering, category }: PolicyInput): RuleCheck {
  const model = answering.modelDecision;
  if (model === null) return check('model-agrees', true, 'no language model was asked');
  return check(
    'model-agrees',
    model.intent === category.intent,
    `the model says ${model.intent}, the category ${category.name} is ${category.intent}`,
  );
}

const check = (rule: RuleName, passed: boolean, detail: string): RuleCheck => ({ rule, passed, detail });
const percent = (p: number) => `${Math.floor(p * 100)} %`;

/** Decides what the system does with the verdicts. Pure; every rule is asked so that all reasons are known. */
export function decide(input: PolicyInput): PolicyVerdict {
  const own = input.categoryGiven ? 1 : input.triage.confidence;
  // The model may lower the confidence, never raise it.
  const confidence = Math.min(own, input.answering.modelDecision?.confidence ?? 1);
  const checks = rules.map((rule) => rule(input, confidence));
  const failed = checks.find((c) => !c.passed);
  return {
    outcome: failed === undefined ? 'resolve' : 'review',
    decidedBy: failed?.rule ?? 'automatic-resolution',
    checks,
    confidence,
    threshold: neededConfidence(input),
    policyVersion,
  };
}
