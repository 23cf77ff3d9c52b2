import { z } from 'zod';
import {
  alternative,
  citation,
  department,
  intent,
  interaction,
  language,
  priority,
  probability,
  sentiment,
  type trace,
} from '../../src/api/contract/index.ts';

/**
 * What each step found, read from the trace. The contract leaves a verdict open (each room may add to its own),
 * so here stands what the console shows of it. A verdict that does not fit is left out: the step then shows
 * what the answer itself holds.
 */
const customer = z.object({
  name: z.string().nullable(),
  tier: z.string(),
  style: z.string(),
  stage: z.string(),
  earlier: z.array(z.object({ subject: z.string(), at: z.string() })),
  turns: z.array(z.object({ author: z.string(), text: z.string() })),
});
export type CustomerShown = z.output<typeof customer>;

const intake = z
  .object({
    language,
    languageConfidence: probability,
    customerId: z.string().nullable(),
    customerKnown: z.boolean(),
    wishes: z.object({ category: z.string().nullable() }).nullish(),
    customer: customer.nullish(),
    setAside: z.array(z.object({ kind: z.string(), text: z.string() })).default([]),
  })
  // The category that the client named.
  .transform(({ wishes, ...found }) => ({ ...found, category: wishes?.category ?? null }));

const triage = z.object({
  category: z.string(),
  department,
  intent,
  confidence: probability,
  abstained: z.boolean(),
  alternatives: z.array(alternative),
  urgencyScore: probability,
  priority,
  /** Missing in the traces of older runs. */
  personReasons: z.array(z.string()).default([]),
  urgencyCues: z.array(z.string()),
  categoryCues: z.array(z.string()),
  sentiment,
  signals: z.object({
    thanks: z.boolean(),
    frustration: z.boolean(),
    wantsPerson: z.boolean(),
    notWorking: z.boolean(),
  }),
});

const knowledge = z.object({ found: z.boolean(), relevance: probability });

const draft = z.object({
  method: interaction.shape.method.unwrap(),
  strategy: z.string(),
  text: z.string(),
  citations: z.array(citation),
  model: z.string().nullable(),
  personalised: z.array(z.string()).default([]),
});

const judge = z.object({
  kind: z.enum(['heuristic', 'llm']),
  score: probability,
  unansweredAsks: z.array(z.string()),
  unsupportedClaims: z.array(z.string()),
  failure: z.string().nullable(),
});

const answering = z.object({
  attempts: z.array(z.object({ draft: draft.nullable(), judge: judge.nullable(), problem: z.string().nullable() })),
  draft: draft.nullable(),
  judge: judge.nullable(),
  modelFailure: z.string().nullable(),
  modelDecision: z.object({ intent }).nullish(),
  // Missing in the traces of older runs.
  guardrailChecks: z.array(z.object({ id: z.string(), passed: z.boolean(), detail: z.string() })).default([]),
  asks: z.array(z.object({ ask: z.string(), outcome: z.enum(['answered', 'deferred']) })).default([]),
  usage: z
    .object({ calls: z.int(), inputTokens: z.int(), outputTokens: z.int(), cost: z.number().nullable() })
    .nullish(),
});

const policy = z.object({
  outcome: z.enum(['resolve', 'review']),
  decidedBy: z.string(),
  checks: z.array(z.object({ rule: z.string(), passed: z.boolean(), detail: z.string() })),
  confidence: probability,
  threshold: probability,
});

const routing = z.object({
  assignment: z.enum(['assigned', 'waiting', 'none']),
  agent: z.string().nullable(),
  affinity: probability.nullable(),
  queue: z.string(),
});

const shapes = { intake, triage, knowledge, answering, policy, routing };
export type StepName = keyof typeof shapes;
export type Verdicts = { readonly [S in StepName]?: z.output<(typeof shapes)[S]> };

export interface Run {
  readonly verdicts: Verdicts;
  /** Milliseconds by step, as the trace has them. */
  readonly milliseconds: Readonly<Partial<Record<StepName, number>>>;
}

/** The last run of a ticket: a ticket that was reopened has several. */
export function lastRun(found: z.output<typeof trace>): Run {
  const last = Math.max(0, ...found.steps.map((s) => s.run));
  const verdicts: Record<string, unknown> = {};
  const milliseconds: Partial<Record<StepName, number>> = {};
  for (const step of found.steps.filter((s) => s.run === last)) {
    const parsed = shapes[step.step].safeParse(step.verdict);
    if (parsed.success) verdicts[step.step] = parsed.data;
    milliseconds[step.step] = step.milliseconds;
  }
  return { verdicts: verdicts as Verdicts, milliseconds };
}
