import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CategoryDefinition, RequestedPriority } from '../ticket/index.ts';
import { decide, type PolicyInput, ruleNames } from './decide.ts';
import { raisePriority, stepUp } from './priority.ts';

const category: CategoryDefinition = {
  name: 'Billing',
  name_de: 'Abrechnung',
  department: 'Billing',
  intent: 'billing',
  auto_resolve_threshold: 0.75,
};

const perfect: PolicyInput = {
  category,
  categoryGiven: false,
  triage: {
    category: 'Billing',
    department: 'Billing',
    intent: 'billing',
    confidence: 0.75,
    abstained: false,
    alternatives: [],
    urgencyScore: 0.2,
    priority: 'low',
    urgencyCues: [],
    categoryCues: [],
    sentiment: 'neutral',
    signals: { thanks: false, frustration: false, wantsPerson: false, notWorking: false },
    personReasons: [],
    modelUsed: 'logreg',
    modelVersion: '1',
  },
  knowledge: { found: true, passages: [], relevance: 0.9, knowledgeVersion: '1' },
  answering: {
    attempts: [],
    draft: {
      method: 'template',
      strategy: 'focused',
      tone: 'professional',
      language: 'en',
      text: 'x',
      citations: [{ document: 'd', heading: 'h', quote: 'q' }],
      promptHash: 'h',
      model: null,
      tokens: null,
    },
    judge: null,
    guardrail: 'OK',
    guardrailNotes: [],
    guardrailChecks: [],
    asks: [],
    usage: null,
    modelDecision: null,
    modelFailure: null,
    handover: '',
  },
};

const changed = (change: { [K in keyof PolicyInput]?: Partial<PolicyInput[K]> }): PolicyInput => ({
  ...perfect,
  ...(change.categoryGiven === undefined ? {} : { categoryGiven: true }),
  triage: { ...perfect.triage, ...change.triage },
  answering: { ...perfect.answering, ...change.answering },
});
const model = {
  intent: 'billing',
  priority: 'low',
  confidence: 0.99,
  suggestion: '',
  model: 'm',
  promptHash: 'p',
} as const;

describe('decide', () => {
  it('resolves when every rule passes, the threshold itself included', () => {
    expect(decide(perfect)).toMatchObject({
      outcome: 'resolve',
      decidedBy: 'automatic-resolution',
      confidence: 0.75,
    });
  });

  it.each([
    ['confidence-at-threshold', changed({ triage: { confidence: 0.7499 } })],
    ['category-trusted', changed({ triage: { abstained: true } })],
    ['no-wish-for-a-person', changed({ triage: { signals: { ...perfect.triage.signals, wantsPerson: true } } })],
    ['no-reason-for-a-person', changed({ triage: { personReasons: ['declaration'] } })],
    ['not-urgent', changed({ triage: { urgencyScore: 0.51 } })],
    ['guardrail-ok', changed({ answering: { guardrail: 'LLM_POOR_ANSWER_RETRY' } })],
    ['has-citation', changed({ answering: { draft: { ...perfect.answering.draft!, citations: [] } } })],
    ['has-citation', changed({ answering: { draft: null } })],
    ['model-available', changed({ answering: { modelFailure: 'timeout' } })],
    ['model-agrees', changed({ answering: { modelDecision: { ...model, intent: 'account' } } })],
    ['confidence-at-threshold', changed({ answering: { modelDecision: { ...model, confidence: 0.5 } } })],
  ])('asks for a person when %s fails', (rule, input) => {
    expect(decide(input)).toMatchObject({ outcome: 'review', decidedBy: rule });
  });

  it('asks every rule, in the order of their names', () => {
    expect(decide(perfect).checks.map((c) => c.rule)).toEqual(ruleNames);
  });

  describe('a ticket that was answered automatically before', () => {
    const other = { document: 'd', heading: 'another', quote: 'q' };
    const same = perfect.answering.draft!.citations[0]!;
    it.each([
      ['mail', [[other]], 'review'],
      ['chat', [[other]], 'resolve'],
      ['chat', [[other, same]], 'review'],
      ['chat', [[other], [other]], 'resolve'],
      ['chat', [[other], [other], [other]], 'review'],
      ['mail', [], 'resolve'],
    ] as const)('by %s with %j: %s', (channel, citations, outcome) => {
      const verdict = decide({ ...perfect, earlier: { channel, citations } });
      expect(verdict).toMatchObject({
        outcome,
        decidedBy: outcome === 'review' ? 'answered-before' : 'automatic-resolution',
      });
    });
  });

  describe('a judge that is very sure', () => {
    const vouching = { ...category, judge_may_vouch: true };
    const judge = {
      kind: 'heuristic',
      helpfulness: 1,
      accuracy: 1,
      clarity: 1,
      relevance: 1,
      score: 0.8,
      reasoning: '',
      unansweredAsks: [],
      unsupportedClaims: [],
      failure: null,
    } as const;
    const withJudge = (
      confidence: number,
      change: object = {},
      answering: object = {},
      own = vouching,
    ): PolicyInput => ({
      ...changed({ triage: { confidence }, answering: { judge: { ...judge, ...change }, ...answering } }),
      category: own,
    });

    it.each([0.55, 0.6, 0.7499])('makes up for a confidence of %f', (confidence) => {
      const verdict = decide(withJudge(confidence));
      expect(verdict).toMatchObject({ outcome: 'resolve', threshold: 0.55, confidence });
      expect(verdict.checks.find((c) => c.rule === 'judge-vouches')?.detail).toContain('0.80');
    });

    it.each([
      ['of a lower confidence', withJudge(0.5499)],
      ['below its bound', withJudge(0.7, { score: 0.7999 })],
      ['that failed', withJudge(0.7, { failure: 'timeout' })],
      ['that is a language model', withJudge(0.7, { kind: 'llm' })],
      ['of a draft that a model wrote', withJudge(0.7, {}, { draft: { ...perfect.answering.draft!, method: 'ai' } })],
      ['beside a model that decided', withJudge(0.7, {}, { modelDecision: { ...model, confidence: 0.7 } })],
      ['of a category that does not allow it', withJudge(0.7, {}, {}, { ...category, judge_may_vouch: false })],
    ])('vouches for nothing: %s', (_, input) => {
      expect(decide(input)).toMatchObject({ outcome: 'review', decidedBy: 'confidence-at-threshold' });
    });

    it('passes no other rule', () => {
      expect(decide(withJudge(0.7, {}, { guardrail: 'LLM_POOR_ANSWER_RETRY' })).outcome).toBe('review');
    });
  });

  it('never lets a model raise the confidence', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (own, theirs) => {
          const verdict = decide(
            changed({
              triage: { confidence: own },
              answering: { modelDecision: { ...model, confidence: theirs } },
            }),
          );
          return (
            verdict.confidence <= own &&
            verdict.confidence <= theirs &&
            (verdict.outcome === 'resolve') === verdict.checks.every((c) => c.passed)
          );
        },
      ),
    );
  });

  it('takes a category that the client named as certain', () => {
    expect(decide({ ...changed({ triage: { confidence: 0.1, abstained: true } }), categoryGiven: true })).toMatchObject(
      { outcome: 'resolve' },
    );
  });
});

describe('raisePriority', () => {
  it.each<['low' | 'medium' | 'high', RequestedPriority | null, string]>([
    ['low', 'critical', 'high'],
    ['low', 'high', 'high'],
    ['low', 'medium', 'medium'],
    ['high', 'very_low', 'high'],
    ['medium', 'low', 'medium'],
    ['medium', null, 'medium'],
  ])('%s, asked for %s → %s', (found, requested, expected) => {
    expect(raisePriority(found, requested)).toBe(expected);
  });
});

it('stepUp goes one step and stops at the highest', () => {
  expect((['low', 'medium', 'high'] as const).map(stepUp)).toEqual(['medium', 'high', 'high']);
});
