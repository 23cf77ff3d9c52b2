import { createHash } from 'node:crypto';
import type { CommunicationStyle, Tier, Tone } from '../../ticket/index.ts';

/** How German addresses the customer; English has one form and ignores it. */
export type Form = 'sie' | 'du';
export type TemplateLanguage = 'en' | 'de';
export type HandoverReason = 'person-requested' | 'known-problem' | 'other';
/** What has happened with this customer before that the answer should speak of. */
export type Returning = 'no' | 'open-ticket' | 'earlier-answer';

export const templateLanguages: readonly TemplateLanguage[] = ['en', 'de'];
export const forms: readonly Form[] = ['sie', 'du'];

/** Who is answered. */
export interface CustomerValues {
  /** As the greeting says it; empty: nobody's name is sure. */
  readonly name: string;
  readonly tier: Tier;
  readonly style: CommunicationStyle;
  readonly returning: Returning;
  /** Kinds of what the customer has told already: `invoice-number`, `device` … */
  readonly given: readonly string[];
}

export const stranger: CustomerValues = { name: '', tier: 'standard', style: 'neutral', returning: 'no', given: [] };

export interface AnswerValues {
  readonly category: string;
  readonly tone: Tone;
  readonly language: TemplateLanguage;
  readonly form: Form;
  /** The quoted facts, ready to be set. */
  readonly facts: string;
  readonly disclosure: boolean;
  /** Left out: nothing is known of who writes. */
  readonly customer?: CustomerValues;
  /** What the customer asks for and the facts do not answer; each is said to be left to a person. */
  readonly deferred?: readonly string[];
}

export interface HandoverValues {
  readonly language: TemplateLanguage;
  readonly form: Form;
  readonly reason: HandoverReason;
  readonly disclosure: boolean;
}

export interface RenderedAnswer {
  readonly text: string;
  /** Of the template files that made it. */
  readonly hash: string;
  /** The sentences around the facts; none of them is a claim. */
  readonly frame: ReadonlySet<string>;
  /** What the templates really used of the customer. */
  readonly used: { readonly name: boolean; readonly tier: boolean; readonly history: boolean; readonly given: boolean };
}

export interface Templates {
  /** The whole reply around `facts`. */
  answer(values: AnswerValues): RenderedAnswer;
  handover(values: HandoverValues): string;
  /** The sentence that says that a machine writes. */
  disclosure(language: TemplateLanguage, form: Form): string;
  /** Every sentence that the templates themselves say around the facts; none of them is a claim. */
  readonly frame: ReadonlySet<string>;
  /** Hash over all template files. */
  readonly version: string;
}

const ofCustomer = ['customer_name', 'tier', 'style', 'returning', 'given'] as const;

/** Every value that a template may name, by kind of template. */
export const templateValues = {
  tone: ['opening', 'facts', 'deferred', 'next_step', 'disclosure', 'form', ...ofCustomer],
  category: ['part', 'form', ...ofCustomer],
  manner: ['part', 'form', ...ofCustomer],
  deferral: ['ask', 'form'],
  handover: ['reason', 'disclosure', 'form'],
  disclosure: ['form'],
} as const;

/** "Feature Request" → "feature-request" */
export const categorySlug = (category: string) => category.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');

/** Stands for the facts where only the words around them are wanted. */
export const marker = '§facts§';

export const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);
