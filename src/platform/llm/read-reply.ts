import type { z } from 'zod';
import type { LlmFailureReason } from './port.ts';

export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: LlmFailureReason; readonly detail: string };

/** What came back, before anybody looked into it. `finish` is the AI SDK's word for why it ended. */
export interface RawReply {
  readonly text: string;
  readonly finish: string | undefined;
}

/** A reply as text: never a refused, a truncated or an empty one. */
export function readText(reply: RawReply): Reading<string> {
  const stopped = endedBadly(reply);
  if (stopped !== null) return stopped;
  const text = withoutThinking(reply.text).trim();
  return text === '' ? { ok: false, reason: 'empty', detail: 'the reply has no text' } : { ok: true, value: text };
}

/**
 * A reply as an object of `schema`. Two habits of local models are forgiven because nothing is guessed by it:
 * a leading block of thoughts, and one code fence around the whole. Anything else that is not JSON, or JSON
 * of another shape, is a failure: it is never repaired. NaN and Infinity are no JSON.
 */
export function readObject<T>(reply: RawReply, schema: z.ZodType<T>): Reading<T> {
  const text = withoutFence(withoutThinking(reply.text).trim());
  const parsed = parseJson(text);
  if (parsed === undefined) {
    const stopped = endedBadly(reply);
    if (stopped !== null) return stopped;
    if (text === '') return { ok: false, reason: 'empty', detail: 'the reply has no text' };
    return { ok: false, reason: 'not-json', detail: `${text.length} characters that are not JSON` };
  }
  if (reply.finish === 'content-filter') return refused;
  const checked = schema.safeParse(parsed.value);
  if (checked.success) return { ok: true, value: checked.data };
  return { ok: false, reason: 'schema-mismatch', detail: describeIssues(checked.error) };
}

const refused = { ok: false, reason: 'refusal', detail: 'the model or a content filter refused' } as const;

function endedBadly(reply: RawReply): Extract<Reading<never>, { ok: false }> | null {
  if (reply.finish === 'content-filter') return refused;
  if (reply.finish === 'length') return { ok: false, reason: 'too-long', detail: 'the reply hit the limit of tokens' };
  return null;
}

/** Reasoning models behind simple servers put their thoughts in front of the reply; an unclosed block is all thought. */
function withoutThinking(text: string): string {
  const opened = /^\s*<(think|thinking|reasoning)>/i.exec(text);
  if (opened === null) return text;
  const close = `</${opened[1]}>`;
  const at = text.toLowerCase().indexOf(close.toLowerCase());
  return at === -1 ? '' : text.slice(at + close.length);
}

function withoutFence(text: string): string {
  return /^```[\w-]*[ \t]*\r?\n([\s\S]*?)\r?\n?```$/.exec(text)?.[1]?.trim() ?? text;
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Field and kind of each issue; what the model wrote is left out, it may quote a customer. */
function describeIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.length === 0 ? 'reply' : issue.path.join('.')}: ${issue.code}`)
    .join(', ');
}
