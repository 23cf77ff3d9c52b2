import { fetchDirectly } from './fetch-directly.ts';

/** The server answered a call that asked for a stream with something that is no reply at all (a sign-in page). */
export class NoReplyError extends Error {
  override readonly name = 'NoReplyError';
}

/**
 * `fetchDirectly` for calls that ask for a stream. A server that knows no streams answers with one whole reply; it is
 * read as a stream of one event.
 */
export async function fetchEvents(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetchDirectly(input, init);
  const type = response.headers.get('content-type') ?? '';
  if (!response.ok) return response;
  if (/\bhtml\b/i.test(type)) {
    await response.body?.cancel();
    throw new NoReplyError('the address answers with a page');
  }
  if (!/\bjson\b/i.test(type)) return response;
  return new Response(asEvents(await response.text()), { headers: { 'content-type': 'text/event-stream' } });
}

interface WholeReply {
  readonly choices?: readonly { readonly message?: unknown; readonly finish_reason?: unknown }[];
}

function asEvents(body: string): string {
  const reply = parse(body);
  if (reply === null) throw new NoReplyError('the body is not a chat completion');
  const { message, ...choice } = reply.choices?.[0] ?? {};
  const chunk = { ...reply, object: 'chat.completion.chunk', choices: [{ ...choice, index: 0, delta: message ?? {} }] };
  return `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`;
}

function parse(body: string): WholeReply | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && 'choices' in value ? (value as WholeReply) : null;
  } catch {
    return null;
  }
}
