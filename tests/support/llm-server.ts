import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { goodDecision, goodJudgement, json, type Reply, text } from './llm-replies.ts';
import { sendReply } from './llm-wire.ts';

export * from './llm-replies.ts';

/** Which of our prompts a request carries; every prompt names its task in the first line. */
export type Purpose = 'decision' | 'draft' | 'judge' | 'unknown';

export interface ChatRequest {
  readonly purpose: Purpose;
  readonly model: string;
  readonly system: string;
  readonly prompt: string;
  readonly stream: boolean;
  readonly authorization: string | null;
  /** The whole body as it was sent. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface LlmServerOptions {
  /** Answered to `GET /models`; `scripted-1` unless said. */
  readonly models?: readonly string[];
  /** When set, any other bearer token gets 401. */
  readonly key?: string;
  /** Parameters that get a 400 naming them, as servers do that lack a feature. */
  readonly refuses?: readonly string[];
  /** Answers in one piece whatever is asked for, as servers do that know no streams. */
  readonly ignoresStream?: boolean;
}

/**
 * A model server for tests that speaks OpenAI's protocol on a free port of the loopback address and behaves
 * as it was told. Each purpose has its own list of replies; the last one repeats. A purpose without a list
 * gets a sensible default, so that a whole journey runs without any script.
 */
export interface LlmServer {
  /** Up to and with `/v1`. */
  readonly baseUrl: string;
  readonly requests: readonly ChatRequest[];
  /** Replaces the list of a purpose; without replies it gets its default back. */
  script(purpose: Purpose, ...replies: Reply[]): void;
  /** Resolves with the n-th request (from 1), at once if it was already seen. */
  request(n: number): Promise<ChatRequest>;
  /** Hanging, dripping, slow and piecewise replies that the client did not wait for. */
  readonly abandoned: number;
  /** Resolves when the n-th request (from 1) was abandoned. */
  abandonedAtLeast(n: number): Promise<void>;
  close(): Promise<void>;
}

export async function startLlmServer(options: LlmServerOptions = {}): Promise<LlmServer> {
  const scripts = new Map<Purpose, Reply[]>();
  const requests: ChatRequest[] = [];
  const waiters: { ready: () => boolean; resolve: () => void }[] = [];
  let abandoned = 0;
  const wake = () => {
    for (const waiter of waiters) if (waiter.ready()) waiter.resolve();
  };
  const until = (ready: () => boolean) =>
    new Promise<void>((resolve) => {
      if (ready()) resolve();
      else waiters.push({ ready, resolve });
    });

  async function chat(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const seen = readRequest(await bodyOf(request), request.headers.authorization ?? null);
    requests.push(seen);
    wake();
    const list = scripts.get(seen.purpose) ?? [defaultReply(seen)];
    const reply = refuseParameter(options, seen) ?? (list.length > 1 ? list.shift()! : list[0]!);
    if (['hang', 'drip', 'slow', 'pieces'].includes(reply.kind)) {
      response.on('close', () => {
        if (!response.writableFinished) abandoned += 1;
        wake();
      });
    }
    sendReply(response, reply, options.ignoresStream === true ? { ...seen, stream: false } : seen);
  }

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://local').pathname;
    if (options.key !== undefined && request.headers.authorization !== `Bearer ${options.key}`)
      sendStatus(response, 401, 'invalid_api_key');
    else if (request.method === 'GET' && path === '/v1/models') sendModels(response, options);
    else if (request.method === 'POST' && path === '/v1/chat/completions') void chat(request, response);
    else sendStatus(response, 404, 'not_found');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    script(purpose, ...replies) {
      if (replies.length === 0) scripts.delete(purpose);
      else scripts.set(purpose, replies);
    },
    request: (n) => until(() => requests.length >= n).then(() => requests[n - 1]!),
    get abandoned() {
      return abandoned;
    },
    abandonedAtLeast: (n) => until(() => abandoned >= n),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function readRequest(raw: string, authorization: string | null): ChatRequest {
  const body = JSON.parse(raw) as Record<string, unknown> & {
    messages: { role: string; content: string }[];
    model: string;
    stream?: boolean;
  };
  const said = (role: string) => body.messages.filter((m) => m.role === role).map((m) => m.content);
  const system = said('system').join('\n');
  return {
    purpose: purposeOf(system),
    model: body.model,
    system,
    prompt: said('user').join('\n'),
    stream: body.stream === true,
    authorization,
    body,
  };
}

function purposeOf(system: string): Purpose {
  const named = /^Signalbox task: (decision|draft|judge)\b/m.exec(system)?.[1];
  return (named as Purpose | undefined) ?? 'unknown';
}

/** The first refused parameter that the request still uses. `response_format.json_schema` names a kind of it. */
function refuseParameter(options: LlmServerOptions, seen: ChatRequest): Reply | null {
  const format = (seen.body['response_format'] as { type?: string } | undefined)?.type;
  const used = (options.refuses ?? []).find((p) =>
    p === 'json_schema' ? format === 'json_schema' : seen.body[p] !== undefined,
  );
  if (used === undefined) return null;
  const message = `Unsupported parameter: '${used}' is not supported with this model.`;
  return { kind: 'status', status: 400, code: 'unsupported_parameter', message };
}

/** Right answers for who wrote no script: a draft quotes the first passage it was given. */
function defaultReply(request: ChatRequest): Reply {
  if (request.purpose === 'decision') return json(goodDecision);
  if (request.purpose === 'judge') return json(goodJudgement);
  const passage = /^\[1\][^\n]*\n+([\s\S]+?)(?=\n\[\d+\]|\n<<<|\n>>>|$)/m.exec(request.prompt)?.[1] ?? '';
  const sentence = /^(?:[^.!?]|[.!?](?!\s))+[.!?]/.exec(passage.replace(/\s+/g, ' ').trim())?.[0];
  return text(sentence === undefined ? 'A reply of the scripted model.' : `${sentence} [1]`);
}

function sendModels(response: ServerResponse, options: LlmServerOptions): void {
  const data = (options.models ?? ['scripted-1']).map((id) => ({
    id,
    object: 'model',
    created: 0,
    owned_by: 'test',
  }));
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ object: 'list', data }));
}

function sendStatus(response: ServerResponse, status: number, code: string): void {
  sendReply(response, { kind: 'status', status, code }, null);
}
