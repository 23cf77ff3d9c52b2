import type { CommunicationStyle, Language, Tier, Tone } from '../../ticket/index.ts';

export const promptIds = ['decision', 'draft', 'judge'] as const;
export type PromptId = (typeof promptIds)[number];

export const promptLanguages = ['en', 'de'] as const;
export type PromptLanguage = (typeof promptLanguages)[number];

/** A passage as a prompt shows it; `number` counts from 1 and is what a draft cites. */
export interface NumberedPassage {
  readonly number: number;
  readonly heading: string;
  readonly text: string;
}

/** What all three prompts are told. The texts come from outside and are not trusted. */
export interface TicketValues {
  readonly language: Language;
  readonly subject: string;
  readonly message: string;
  readonly passages: readonly NumberedPassage[];
}

export interface DraftValues extends TicketValues {
  readonly category: string;
  readonly tone: Tone;
  /** How German addresses the customer. */
  readonly form: 'sie' | 'du';
  /** A composed reply that is to be put into better words (hybrid), or null. */
  readonly base: string | null;
  /** An earlier draft with what was wrong with it, or null. */
  readonly previous: { readonly text: string; readonly findings: readonly string[] } | null;
  readonly style: CommunicationStyle;
  readonly tier: Tier;
  /** What was said before in this conversation, oldest first. */
  readonly turns: readonly { readonly author: 'customer' | 'us'; readonly text: string }[];
  /** What the customer has told already. */
  readonly given: readonly { readonly kind: string; readonly value: string }[];
}

export interface JudgeValues extends TicketValues {
  readonly reply: string;
}

export interface PromptValues {
  readonly decision: TicketValues;
  readonly draft: DraftValues;
  readonly judge: JudgeValues;
}

/** The names a prompt must use, and those it may use besides. `fence` and `examples` are added when rendering. */
export const promptVariables: Readonly<
  Record<PromptId, { readonly needed: readonly string[]; readonly allowed: readonly string[] }>
> = {
  decision: { needed: ['fence', 'subject', 'message', 'passages'], allowed: ['language'] },
  draft: {
    needed: ['fence', 'subject', 'message', 'passages', 'examples', 'base', 'previous', 'tone', 'turns', 'given'],
    allowed: ['language', 'category', 'form', 'style', 'tier'],
  },
  judge: { needed: ['fence', 'subject', 'message', 'passages', 'reply'], allowed: ['language'] },
};
