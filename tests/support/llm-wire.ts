import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Reply } from './llm-replies.ts';

/** What of a request matters for the wire. */
interface Asked {
  readonly model: string;
  readonly stream: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

const created = 1_700_000_000;

/** Writes a reply in OpenAI's protocol, whole or as a stream of server-sent events. */
export function sendReply(response: ServerResponse, reply: Reply, asked: Asked | null): void {
  switch (reply.kind) {
    case 'status':
      sendError(response, reply);
      break;
    case 'hang':
      break;
    case 'reset':
      response.destroy();
      break;
    case 'body':
      response.writeHead(200, { 'content-type': reply.contentType });
      response.end(reply.body);
      break;
    case 'drip':
      dripFor(response, reply.milliseconds);
      break;
    case 'slow':
      delay(response, reply.milliseconds, () => sendReply(response, { kind: 'text', text: reply.text }, asked));
      break;
    case 'no-choices':
      sendJson(response, JSON.stringify({ ...envelope(asked, 'chat.completion'), choices: [] }));
      break;
    case 'pieces':
      if (asked?.stream === true) void sendPieces(response, reply, asked);
      else sendWhole(response, { kind: 'text', text: reply.pieces.join('') }, asked);
      break;
    default:
      if (asked?.stream === true) sendStream(response, reply, asked);
      else sendWhole(response, reply, asked);
  }
}

type Spoken = Extract<Reply, { kind: 'text' | 'cut' | 'refusal' | 'content-filter' }>;

function sendWhole(response: ServerResponse, reply: Spoken, asked: Asked | null): void {
  const { message, finish } = spoken(reply);
  const body = JSON.stringify({
    ...envelope(asked, 'chat.completion', reply),
    choices: [{ index: 0, message: { role: 'assistant', ...message }, logprobs: null, finish_reason: finish }],
    usage: usageOf(asked, reply),
  });
  if (reply.kind === 'cut') {
    const length = Buffer.byteLength(body);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': length });
    response.write(body.slice(0, body.length >> 1), () => response.destroy());
  } else sendJson(response, body);
}

function sendStream(response: ServerResponse, reply: Spoken, asked: Asked): void {
  const { message, finish } = spoken(reply);
  const field = 'refusal' in message ? 'refusal' : 'content';
  const words = (message.refusal ?? message.content ?? '').match(/\S+\s*/g) ?? [];
  const kept = reply.kind === 'cut' ? words.slice(0, words.length >> 1) : words;
  const event = (delta: unknown, finish_reason: string | null) =>
    `data: ${JSON.stringify({
      ...envelope(asked, 'chat.completion.chunk', reply),
      choices: [{ index: 0, delta, finish_reason }],
    })}\n\n`;
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.write(event({ role: 'assistant', content: '' }, null));
  for (const word of kept) response.write(event({ [field]: word }, null));
  if (reply.kind === 'cut') {
    response.write('data: {"id":"cut', () => response.destroy());
    return;
  }
  response.write(event({}, finish));
  const options = asked.body['stream_options'] as { include_usage?: boolean } | undefined;
  if (options?.include_usage === true) {
    const last = {
      ...envelope(asked, 'chat.completion.chunk', reply),
      choices: [],
      usage: usageOf(asked, reply),
    };
    response.write(`data: ${JSON.stringify(last)}\n\n`);
  }
  response.end('data: [DONE]\n\n');
}

async function sendPieces(response: ServerResponse, reply: Extract<Reply, { kind: 'pieces' }>, asked: Asked) {
  const { pieces, noise = '', pauseMs = 0, without = [], hangs = false } = reply;
  const said: Spoken = { kind: 'text', text: pieces.join('') };
  const event = (rest: object) =>
    `data: ${JSON.stringify({ ...envelope(asked, 'chat.completion.chunk', said), ...rest })}\n\n`;
  const told = (delta: object, finish_reason: string | null) =>
    event({ choices: [{ index: 0, delta, finish_reason }] });
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const [i, content] of pieces.entries()) {
    if (i === pieces.length >> 1) response.write(noise);
    response.write(told({ content }, null));
    if (pauseMs > 0) await pause(pauseMs);
    if (response.destroyed) return;
  }
  if (hangs) return;
  if (!without.includes('finish')) response.write(told({}, 'stop'));
  const asksUsage = (asked.body['stream_options'] as { include_usage?: boolean } | undefined)?.include_usage === true;
  if (asksUsage && !without.includes('usage')) response.write(event({ choices: [], usage: usageOf(asked, said) }));
  response.end(without.includes('done') ? undefined : 'data: [DONE]\n\n');
}

function spoken(reply: Spoken): {
  message: { content: string | null; refusal?: string };
  finish: string;
} {
  if (reply.kind === 'refusal') return { message: { content: null, refusal: reply.text }, finish: 'stop' };
  if (reply.kind === 'content-filter') return { message: { content: '' }, finish: 'content_filter' };
  return { message: { content: reply.text }, finish: (reply.kind === 'text' && reply.finish) || 'stop' };
}

function envelope(asked: Asked | null, object: string, reply?: Spoken) {
  const model = (reply?.kind === 'text' && reply.model) || (asked?.model ?? 'scripted-1');
  return { id: 'chatcmpl-scripted', object, created, model };
}

/** Words, not tokens: enough for tests, and the same each time. */
function usageOf(asked: Asked | null, reply: Spoken) {
  const prompt_tokens = JSON.stringify(asked?.body['messages'] ?? '').split(/\s+/).length;
  const completion_tokens = reply.kind === 'content-filter' ? 0 : reply.text.split(/\s+/).length;
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}

function sendError(response: ServerResponse, reply: Extract<Reply, { kind: 'status' }>): void {
  const message = reply.message ?? `The scripted server answers ${reply.status}.`;
  response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
  response.end(JSON.stringify({ error: { message, type: 'scripted', param: null, code: reply.code ?? null } }));
}

function sendJson(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(body);
}

function delay(response: ServerResponse, milliseconds: number, then: () => void): void {
  const timer = setTimeout(then, milliseconds);
  response.on('close', () => clearTimeout(timer));
}

function dripFor(response: ServerResponse, milliseconds: number): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), milliseconds);
  response.on('close', () => clearInterval(timer));
}
