import type {
  CustomerContext,
  Draft,
  GuardrailAction,
  JudgeVerdict,
  Language,
  Passage,
  TriageVerdict,
} from '../../ticket/index.ts';

/**
 * When a check is asked: before anything is written, on each draft, and once more on the text that goes out,
 * whoever wrote it.
 */
export const checkTimes = ['before-draft', 'after-draft', 'at-send'] as const;
export type CheckTime = (typeof checkTimes)[number];

export interface BeforeDraftFacts {
  readonly triage: Pick<TriageVerdict, 'confidence' | 'abstained' | 'signals'>;
  /** The client named the category: the router's confidence then decides nothing. */
  readonly categoryGiven: boolean;
  readonly customer: CustomerContext | null;
  /** False when nothing of the message is left once orders to the machine are set aside. */
  readonly hasOwnWords?: boolean;
}

/** A text on its way to a customer, and what it may speak of. */
export interface AtSendFacts {
  readonly draft: Pick<Draft, 'text' | 'language' | 'citations'>;
  readonly subject: string;
  /** The customer's message as the machine read it. */
  readonly message: string;
  /** What intake set aside of the message: orders to the machine, quoted mails, hidden text. */
  readonly setAside?: readonly string[];
  /** Language of the customer's last message. */
  readonly language: Language;
  readonly passages: readonly Passage[];
  readonly customer: CustomerContext | null;
  /** Sentences of the templates: the company's own, they state nothing about the case. */
  readonly frame?: ReadonlySet<string>;
}

export interface AfterDraftFacts extends AtSendFacts {
  /** null: not judged (yet); the checks of the judge are then left out. */
  readonly judge: JudgeVerdict | null;
}

export interface FactsOf {
  readonly 'before-draft': BeforeDraftFacts;
  readonly 'after-draft': AfterDraftFacts;
  readonly 'at-send': AtSendFacts;
}

export interface Finding {
  readonly passed: boolean;
  /** A sentence for the person who reads the review. */
  readonly detail: string;
}

/** One guardrail. Pure: what it says depends on the facts alone. `null`: there was nothing to look at. */
export interface Check<Facts> {
  readonly id: string;
  /** What becomes of the message when the check fails. */
  readonly reason: Exclude<GuardrailAction, 'OK'>;
  readonly when: readonly CheckTime[];
  /** What is looked at, in one sentence, for the list in docs/guardrails.md. */
  readonly about: string;
  check(facts: Facts): Finding | null;
}

export const passed = (detail: string): Finding => ({ passed: true, detail });
export const failed = (detail: string): Finding => ({ passed: false, detail });
