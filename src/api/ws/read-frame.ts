import { z } from 'zod';
import { chatText } from '../contract/index.ts';

export type ReadFrame =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'blank' }
  | { readonly kind: 'problem'; readonly words: string };

/** Unknown keys are ignored, `timestamp` too: when something was said is told by our own clock. */
const frame = z.object({ message: z.string({ error: 'message must be a string' }) });

const problem = (words: string): ReadFrame => ({ kind: 'problem', words });
const shape = 'Send a JSON object such as {"message": "How do I return a lamp?"}.';

/** What a client sent in one frame. Never throws; each problem says what to send instead. */
export function readFrame(data: string): ReadFrame {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return problem(`Invalid JSON. ${shape}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return problem(`This is JSON, but no object. ${shape}`);
  const parsed = frame.safeParse(value);
  if (!parsed.success) return problem(`The field message is missing or no text. ${shape}`);
  if (parsed.data.message.trim() === '') return { kind: 'blank' };
  const text = chatText.safeParse(parsed.data.message);
  return text.success
    ? { kind: 'message', text: text.data }
    : problem(`${text.error.issues[0]?.message ?? 'message is not valid'}.`);
}
