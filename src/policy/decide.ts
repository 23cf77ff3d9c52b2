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
export const policyVersion = 'policy-3';

export interface PolicyInput {
  readonly triage: TriageVerdict;
  readonly knowledge: KnowledgeVerdict;
  readonly answering: AnsweringVerdict;
  readonly category: CategoryDefinition;
  /** The client named the category: it was not guessed. */
  readonly categoryGiven: boolean;
  /** What the machine sent in earlier runs of this ticket; absent: nothing. */
  readonly earlier?: EarlierAnswers;
}

/** The rules by name, in the order in which they are asked. */
export const ruleNames = [
  'model-available',
  'no-wish-for-a-person',
  'no-reason-for-a-person',
  'not-urgent',
  'category-trusted',
  'guardrail-ok',
  'has-citation',
  'answered-before',
  'model-agrees',
  'confidence-at-threshold',
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
  ({ category }, confidence) =>
    check(
      'confidence-at-threshold',
      confidence >= category.auto_resolve_threshold,
      `${percent(confidence)}, needed ${percent(category.auto_resolve_threshold)} for ${category.name}`,
    ),
];

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
    threshold: input.category.auto_resolve_threshold,
    policyVersion,
  };
}
