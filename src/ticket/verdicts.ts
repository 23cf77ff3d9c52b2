import type { CustomerContext } from './customer.ts';
import type { Department, Intent } from './taxonomy.ts';
import type { Alternative, Assignment, Citation, Language, Priority, Sentiment } from './ticket.ts';

/** The steps of a run, in order. What each found is its verdict; stations return verdicts and never act. */
export const stepNames = ['intake', 'triage', 'knowledge', 'answering', 'policy', 'routing'] as const;
export type StepName = (typeof stepNames)[number];

/** What the sender asked of the answer; kept with the run so that it can be resumed and repeated. */
export interface AnswerWishes {
  readonly method: AnswerMethod;
  /** null: none was named; the customer's style and mood decide. */
  readonly tone: Tone | null;
  /** Passages to look at, 1 to 20. */
  readonly k: number;
  /** A category that the client named; null: the classifier's is taken. */
  readonly category: string | null;
}

export interface IntakeVerdict {
  readonly language: Language;
  /** How sure the detection is, in [0,1]; 1 when the client named the language. */
  readonly languageConfidence: number;
  readonly customerId: string | null;
  readonly customerKnown: boolean;
  readonly wishes: AnswerWishes | null;
  /** The customer's newest message that the run answers; null: the ticket's own text. What comes later overtakes the run. */
  readonly messageId: string | null;
  /** Who writes, and what was said before; null: nobody is known. Kept, so that the run can be repeated. */
  readonly customer: CustomerContext | null;
  /** What of the message the machine does not read, in excerpts; people see everything. Missing in older runs. */
  readonly setAside?: readonly { readonly kind: string; readonly text: string }[];
}

/** Behaviour signals (T10). "It is not working" is never a success. */
export interface Signals {
  readonly thanks: boolean;
  readonly frustration: boolean;
  readonly wantsPerson: boolean;
  readonly notWorking: boolean;
}

export interface TriageVerdict {
  /** Best guess; `abstained` says not to trust it. */
  readonly category: string;
  readonly department: Department;
  readonly intent: Intent;
  /** Calibrated probability of `category`, in [0,1]. */
  readonly confidence: number;
  readonly abstained: boolean;
  readonly alternatives: readonly Alternative[];
  /** S in [0,1]; critical is S > 0.8 strictly. */
  readonly urgencyScore: number;
  readonly priority: Priority;
  /** The words that moved the urgency, as written in the text. */
  readonly urgencyCues: readonly string[];
  /** The words and phrases that spoke most for the category. */
  readonly categoryCues: readonly string[];
  readonly sentiment: Sentiment;
  readonly signals: Signals;
  /** What makes it a matter for a person whatever the knowledge says: 'declaration', 'danger' … */
  readonly personReasons: readonly string[];
  readonly modelUsed: string;
  readonly modelVersion: string;
}

export interface Passage {
  readonly chunkId: string;
  readonly documentId: string;
  /** Title of the document. */
  readonly document: string;
  /** Headings from the document's title down, joined by " › ". */
  readonly heading: string;
  readonly text: string;
  /** Position of the chunk within its document, from 0. */
  readonly position: number;
  /** Page of a PDF on which it begins, from 1; null or absent where there are no pages. */
  readonly page?: number | null;
  readonly language: Language;
  readonly category: string | null;
  /** Relevance in [0,1]. */
  readonly score: number;
}

/** One of several asks, searched by itself. */
export interface SearchedAsk {
  readonly text: string;
  /** Relevance in [0,1] of the verdict's passages for this ask alone, by chunk. */
  readonly relevance: Readonly<Record<string, number>>;
}

export interface KnowledgeVerdict {
  readonly found: boolean;
  readonly passages: readonly Passage[];
  /** Relevance of the best passage in [0,1]; 0 when nothing was found. */
  readonly relevance: number;
  /** Of several asks those that were searched by themselves; absent where there were none. */
  readonly asks?: readonly SearchedAsk[];
  readonly knowledgeVersion: string;
}

export const answerMethods = ['template', 'ai', 'hybrid', 'auto'] as const;
export type AnswerMethod = (typeof answerMethods)[number];

export const tones = ['professional', 'friendly', 'empathetic', 'formal', 'apologetic', 'concise'] as const;
export type Tone = (typeof tones)[number];

/** What of a customer an answer was adapted to (A7). */
export const personalisations = [
  'name',
  'style',
  'frustration',
  'tier',
  'open-ticket',
  'earlier-answer',
  'given-facts',
] as const;
export type Personalisation = (typeof personalisations)[number];

export interface Draft {
  readonly method: Exclude<AnswerMethod, 'auto'>;
  /** Which way of composing was used; the second attempt takes another one. */
  readonly strategy: string;
  readonly tone: Tone;
  readonly language: Language;
  readonly text: string;
  readonly citations: readonly Citation[];
  /** Hash of prompt or template, so that the answer can be repeated. */
  readonly promptHash: string;
  readonly model: string | null;
  readonly tokens: { readonly input: number; readonly output: number } | null;
  /** Missing in the drafts of older runs. */
  readonly personalised?: readonly Personalisation[];
}

export interface JudgeVerdict {
  readonly kind: 'heuristic' | 'llm';
  readonly helpfulness: number;
  readonly accuracy: number;
  readonly clarity: number;
  readonly relevance: number;
  /** In [0,1]; a judge that failed has score 0 and a `failure`, it never passes. */
  readonly score: number;
  readonly reasoning: string;
  readonly unansweredAsks: readonly string[];
  readonly unsupportedClaims: readonly string[];
  readonly failure: string | null;
}

export const guardrailActions = [
  'OK',
  'ROUTER_LOW_CONFIDENCE_ESCALATE',
  'LLM_POOR_ANSWER_RETRY',
  'NO_PASSAGE_ESCALATE',
  'MODEL_FAILURE_ESCALATE',
  'PERSON_REQUESTED_ESCALATE',
  'UNSAFE_ANSWER_ESCALATE',
  'PERSONAL_DATA_ESCALATE',
  'FRUSTRATED_CUSTOMER_ESCALATE',
  'OUT_OF_SCOPE_ESCALATE',
] as const;
export type GuardrailAction = (typeof guardrailActions)[number];

export interface Attempt {
  readonly draft: Draft | null;
  readonly judge: JudgeVerdict | null;
  /** Why this attempt was not good enough; null for the one that was kept. */
  readonly problem: string | null;
}

/** The structured decision a model recommends (001); checked by schema before it becomes one of these. */
export interface ModelDecision {
  readonly intent: Intent;
  readonly priority: Priority;
  readonly confidence: number;
  readonly suggestion: string;
  readonly model: string;
  readonly promptHash: string;
}

/** What one guardrail said; all are listed, so that a reader sees what was looked at. */
export interface GuardrailResult {
  readonly id: string;
  readonly passed: boolean;
  readonly detail: string;
}

/** One thing the customer asks for. What is not answered is deferred in words, never passed over. */
export interface AskOutcome {
  readonly ask: string;
  readonly outcome: 'answered' | 'deferred';
}

/** What the language model was used for in one verdict; null where none was asked. */
export interface ModelUsage {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** In the currency of LLM_PRICES; null when no price is known. */
  readonly cost: number | null;
}

export interface AnsweringVerdict {
  readonly attempts: readonly Attempt[];
  readonly draft: Draft | null;
  readonly judge: JudgeVerdict | null;
  readonly guardrail: GuardrailAction;
  readonly guardrailNotes: readonly string[];
  readonly guardrailChecks: readonly GuardrailResult[];
  readonly asks: readonly AskOutcome[];
  readonly usage: ModelUsage | null;
  readonly modelDecision: ModelDecision | null;
  /** Why a configured model gave no usable output (timeout, refusal …); null when all went well or none is configured. */
  readonly modelFailure: string | null;
  /** What is told to the customer when a person takes over. */
  readonly handover: string;
}

export interface RuleCheck {
  readonly rule: string;
  readonly passed: boolean;
  readonly detail: string;
}

export interface PolicyVerdict {
  readonly outcome: 'resolve' | 'review';
  /** The first rule that failed, or 'automatic-resolution'. */
  readonly decidedBy: string;
  readonly checks: readonly RuleCheck[];
  /** The ticket's confidence after the rules: never above our classifier's own. */
  readonly confidence: number;
  readonly threshold: number;
  readonly policyVersion: string;
}

export interface RoutingVerdict {
  readonly assignment: Assignment;
  readonly agent: string | null;
  /** Affinity of the agent chosen, in [0,1]; null when none was. */
  readonly affinity: number | null;
  readonly queue: string;
}

export interface Verdicts {
  intake: IntakeVerdict;
  triage: TriageVerdict;
  knowledge: KnowledgeVerdict;
  answering: AnsweringVerdict;
  policy: PolicyVerdict;
  routing: RoutingVerdict;
}
