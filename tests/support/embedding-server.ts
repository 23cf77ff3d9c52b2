import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the server takes one request; `good` answers with vectors of the right shape. */
export type EmbeddingReply =
  | { readonly kind: 'good' }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'hang' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'body'; readonly body: (texts: readonly string[]) => string };

export interface EmbeddingServer {
  /** Up to and with `/v1`. */
  readonly baseUrl: string;
  readonly requests: readonly { readonly input: readonly string[]; readonly authorization: string | null }[];
  /** The next replies, one after the other; afterwards the last one repeats. */
  script(...replies: EmbeddingReply[]): void;
  close(): Promise<void>;
}

/**
 * An embedding server that speaks OpenAI's protocol on the loopback address and misbehaves as it was told. Its vectors
 * are letter counts, not of length 1, sent in reverse order with their numbers.
 */
export async function startEmbeddingServer(dimension = 6): Promise<EmbeddingServer> {
  const requests: { input: string[]; authorization: string | null }[] = [];
  let replies: EmbeddingReply[] = [{ kind: 'good' }];
  const server = createServer((request, response) => {
    if (request.url !== '/v1/embeddings') {
      response.writeHead(404).end();
      return;
    }
    void (async () => {
      const { input } = JSON.parse(await bodyOf(request)) as { input: string[] };
      requests.push({ input, authorization: request.headers.authorization ?? null });
      const reply = replies.length > 1 ? replies.shift()! : replies[0]!;
      answer(response, reply, { input, dimension });
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    script(...next) {
      replies = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text;
}

function answer(
  response: ServerResponse,
  reply: EmbeddingReply,
  { input, dimension }: { readonly input: readonly string[]; readonly dimension: number },
): void {
  if (reply.kind === 'hang') return;
  if (reply.kind === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"data":[');
    setImmediate(() => response.destroy());
    return;
  }
  if (reply.kind === 'status') {
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(JSON.stringify({ error: { message: `refused: ${input.join(' ')}` } }));
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(reply.kind === 'body' ? reply.body(input) : goodBody(input, dimension));
}

export function goodBody(texts: readonly string[], dimension: number): string {
  const data = texts.map((text, index) => ({ object: 'embedding', index, embedding: lettersOf(text, dimension) }));
  return JSON.stringify({ object: 'list', data: data.reverse(), model: 'letters' });
}

function lettersOf(text: string, dimension: number): number[] {
  const counts = new Array<number>(dimension).fill(0.5);
  for (const letter of text) counts[letter.codePointAt(0)! % dimension]! += 1;
  return counts;
}
