import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { z } from 'zod';
import {
  type AnswerEventName,
  type AnswerRequest,
  answerEvents,
  answeringRoutes,
  type Interaction,
} from '../../src/api/contract/index.ts';
import { CallProblem, problemOf, send } from './api.ts';

export type LiveEvent = {
  [N in 'step' | 'draft' | 'discarded']: { readonly name: N; readonly data: z.output<(typeof answerEvents)[N]> };
}[keyof Pick<typeof answerEvents, 'step' | 'draft' | 'discarded'>];

/**
 * Sends a message and hears of its run while it is under way; ends with the interaction.
 * @throws CallProblem, also when the stream ends without a last word: the run goes on by itself then.
 */
export async function streamAnswer(
  body: AnswerRequest,
  { idempotencyKey, onEvent }: { idempotencyKey: string; onEvent: (event: LiveEvent) => void },
): Promise<Interaction> {
  const response = await send(answeringRoutes.answerStream, { body, idempotencyKey });
  if (!response.ok || response.body === null) throw problemOf(response, await response.json().catch(() => undefined));
  let last: Interaction | CallProblem | undefined;
  const parser = createParser({
    onEvent: (event) => {
      const read = readEvent(event);
      if (read === undefined) return;
      if (read.name === 'final') last = read.data;
      else if (read.name === 'problem')
        last = new CallProblem(read.data.code, read.data.title, read.data.detail, read.data.errors ?? []);
      else onEvent(read);
    },
  });
  const broken = (cause?: unknown) => new CallProblem('unreachable', 'Not reachable', String(cause ?? ''));
  try {
    for await (const chunk of readChunks(response.body)) parser.feed(chunk);
  } catch (cause) {
    throw broken(cause);
  }
  if (last === undefined) throw broken();
  if (last instanceof CallProblem) throw last;
  return last;
}

/** A reader of its own: not every browser can walk a stream with for await. */
async function* readChunks(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
}

type ReadEvent = {
  [N in AnswerEventName]: { readonly name: N; readonly data: z.output<(typeof answerEvents)[N]> };
}[AnswerEventName];

/** An event that is not of the contract is passed over: a newer server may tell more. */
function readEvent({ event, data }: EventSourceMessage): ReadEvent | undefined {
  if (event === undefined || !(event in answerEvents)) return undefined;
  const name = event as AnswerEventName;
  const parsed = answerEvents[name].safeParse(JSON.parse(data));
  return parsed.success ? ({ name, data: parsed.data } as ReadEvent) : undefined;
}
