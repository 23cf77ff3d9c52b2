import { APICallError, type LanguageModel, streamText } from 'ai';
import { NoReplyError } from './fetch-events.ts';
import type { TextStream } from './port.ts';
import type { RawReply } from './read-reply.ts';
import { createVisibleText } from './visible-text.ts';

/** A stream that ended before the reply did: broken off, or with a line that cannot be read. */
export class BrokenStreamError extends Error {
  override readonly name = 'BrokenStreamError';
}

export interface StreamedReply {
  readonly reply: RawReply;
  /** As the server names it. */
  readonly model: string | undefined;
  readonly usage: { inputTokens: number | undefined; outputTokens: number | undefined } | undefined;
}

/** What each attempt asks for, whole or as a stream. */
export interface AskedOptions {
  readonly instructions: string;
  readonly prompt: string;
  readonly temperature: number;
  readonly seed: number;
  readonly maxOutputTokens: number;
  readonly maxRetries: number;
  readonly abortSignal: AbortSignal;
}

/**
 * Reads a reply as it comes and tells `stream` what may be seen of it.
 * @throws what the connection failed with; BrokenStreamError when the reply has no end.
 */
export async function streamReply(
  model: LanguageModel,
  asked: AskedOptions,
  stream: TextStream,
): Promise<StreamedReply> {
  const visible = createVisibleText();
  const tell = (text: string) => {
    if (text !== '') stream.onText(text);
  };
  let text = '';
  let named: string | undefined;
  let usage: StreamedReply['usage'];
  let finish: string | undefined;
  // Errors come as parts; without a listener the SDK would print them, and with them perhaps a prompt.
  const result = streamText({ ...asked, model, onError: () => undefined });
  for await (const part of result.stream) {
    if (part.type === 'error') throw streamError(part.error);
    if (part.type === 'abort') throw new DOMException('the call was ended', 'AbortError');
    if (part.type === 'text-delta') {
      text += part.text;
      tell(visible.push(part.text));
    }
    if (part.type === 'finish-step') named = part.response.modelId;
    if (part.type === 'finish') {
      usage = part.totalUsage;
      // Without the server's own word the connection was closed before the end.
      finish = part.rawFinishReason === undefined ? undefined : part.finishReason;
    }
  }
  if (finish === undefined) throw new BrokenStreamError('the stream ended before the reply did');
  if (finish !== 'content-filter' && finish !== 'length') tell(visible.end());
  return { reply: { text, finish }, model: named, usage };
}

/** Errors of the request itself stay what they are; whatever happens within the stream broke it. */
function streamError(error: unknown): unknown {
  if (APICallError.isInstance(error) || error instanceof NoReplyError) return error;
  if (error instanceof Error && error.name === 'AbortError') return error;
  if (error instanceof Error) return new BrokenStreamError(error.message, { cause: error });
  return new Error('the server reported an error within the stream');
}
