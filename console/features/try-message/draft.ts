import { type AnswerRequest, answerRequest, email } from '../../../src/api/contract/index.ts';
import type { Speech } from '../../lib/i18n/index.ts';
import { stored } from '../../lib/stored.ts';

/** What stands in the form. Kept for the tab, so that neither a reload nor a look at another page loses it. */
export interface Draft {
  readonly subject: string;
  readonly message: string;
  readonly language: 'auto' | 'en' | 'de';
  readonly tone: string;
  readonly method: string;
  readonly email: string;
  readonly name: string;
  readonly k: string;
}

/** 'auto': by the style and mood of the customer. */
export const tones = ['auto', ...answerRequest.shape.tone.unwrap().options] as const;
export const methods = answerRequest.shape.method.unwrap().options;
export const maxMessage = 20_000;
export const maxSubject = 500;

const emptyDraft: Draft = {
  subject: '',
  message: '',
  language: 'auto',
  tone: 'auto',
  method: 'auto',
  email: '',
  name: '',
  k: '5',
};

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(emptyDraft).every((field) => typeof (value as Record<string, unknown>)[field] === 'string');

export const draftStore = stored<Draft>('try-draft', emptyDraft, isDraft, 'session');

export type DraftProblems = Readonly<Partial<Record<'message' | 'email' | 'k', string>>>;

/** What is wrong with the draft, in the reader's words; the server checks all of it again. */
export function problemsOf(draft: Draft, { t, language }: Speech): DraftProblems {
  const length = draft.message.trim().length;
  const mail = draft.email.trim();
  const k = Number(draft.k);
  const grouped = (n: number) => n.toLocaleString(language);
  return {
    ...(length === 0 ? { message: t('messageEmpty') } : {}),
    ...(length > maxMessage ? { message: t('messageTooLong', { n: grouped(length), max: grouped(maxMessage) }) } : {}),
    ...(mail !== '' && !email.safeParse(mail).success ? { email: t('emailInvalid') } : {}),
    ...(Number.isInteger(k) && k >= 1 && k <= 20 ? {} : { k: t('passagesInvalid') }),
  };
}

export function requestOf(draft: Draft): AnswerRequest {
  const subject = draft.subject.trim();
  const mail = draft.email.trim();
  const name = draft.name.trim();
  return {
    message: draft.message.trim(),
    ...(subject === '' ? {} : { subject }),
    ...(mail === '' ? {} : { customer_email: mail }),
    ...(name === '' ? {} : { customer_name: name }),
    ...(draft.language === 'auto' ? {} : { language: draft.language }),
    method: draft.method as AnswerRequest['method'],
    ...(draft.tone === 'auto' ? {} : { tone: draft.tone as AnswerRequest['tone'] }),
    k: Number(draft.k),
  };
}
