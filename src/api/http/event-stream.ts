import { PassThrough, type Readable } from 'node:stream';

/** Server-sent events (HTML standard, section 9.2) as the body of a response. */
export interface EventStream {
  readonly body: Readable;
  /** `data` as JSON, which has no line break. Does nothing once the reader has left. */
  send(event: string, data: unknown): void;
  end(): void;
}

/** A line that says nothing, so that nobody between takes a long call of a model for a dead connection. */
const beatMs = 15_000;

export function openEventStream(): EventStream {
  const body = new PassThrough();
  // Who leaves is no error of ours.
  body.on('error', () => undefined);
  const write = (text: string) => {
    if (!body.destroyed && !body.writableEnded) body.write(text);
  };
  const beat = setInterval(() => write(': still at work\n\n'), beatMs).unref();
  body.on('close', () => clearInterval(beat));
  return {
    body,
    send: (event, data) => write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
    end() {
      clearInterval(beat);
      body.end();
    },
  };
}
