import type { z } from 'zod';
import { problem, type RouteDefinition } from '../../src/api/contract/index.ts';
import { accessKey } from './preferences.ts';

type Part<R, K extends 'params' | 'query' | 'body'> = R extends { readonly [P in K]: infer S extends z.ZodType }
  ? { readonly [P in K]: z.input<S> }
  : { readonly [P in K]?: undefined };

/** What a route asks for; fields with a default may be left out. */
export type CallInput<R extends RouteDefinition> = Part<R, 'params'> &
  Part<R, 'query'> &
  Part<R, 'body'> & {
    readonly signal?: AbortSignal;
    readonly idempotencyKey?: string;
    /** Proves that a chat session is ours. */
    readonly sessionToken?: string;
  };

export type CallOutput<R extends RouteDefinition> = {
  [S in keyof R['response']]: R['response'][S] extends z.ZodType ? z.output<R['response'][S]> : never;
}[keyof R['response']];

interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

/** Why a call failed. `code` is the server's, or `unreachable` / `unexpected-answer` from here. */
export class CallProblem extends Error {
  readonly code: string;
  readonly title: string;
  readonly fields: readonly FieldProblem[];

  constructor(code: string, title: string, detail: string, fields: readonly FieldProblem[] = []) {
    super(detail);
    this.name = 'CallProblem';
    this.code = code;
    this.title = title;
    this.fields = fields;
  }
}

/**
 * Calls one route of the contract. What comes back is checked against the contract too: a console and a server
 * of different versions end in a sentence and not in half a page.
 * @throws CallProblem
 */
export async function call<const R extends RouteDefinition>(route: R, input: CallInput<R>): Promise<CallOutput<R>> {
  const response = await send(route, input);
  const content: unknown = await response.json().catch(() => undefined);
  const schema = route.response[response.status];
  if (!schema) throw problemOf(response, content);
  const parsed = schema.safeParse(response.status === 204 ? null : content);
  if (!parsed.success)
    throw new CallProblem(
      'unexpected-answer',
      'Unexpected answer',
      parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; '),
    );
  return parsed.data as CallOutput<R>;
}

/** The address of a route, with params and query filled in. */
export function addressOf(route: RouteDefinition, input: { params?: unknown; query?: unknown }): string {
  const params = (input.params ?? {}) as Record<string, unknown>;
  const path = route.url.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {}))
    if (value !== undefined && value !== '') query.set(name, String(value));
  return query.size > 0 ? `${path}?${query}` : path;
}

/** Headers that name the caller; none on this machine, where no key is needed. */
export function callerHeaders(): Record<string, string> {
  const key = accessKey.read();
  return key === '' ? {} : { authorization: `Bearer ${key}` };
}

/** @throws CallProblem when nothing answers */
export async function send<R extends RouteDefinition>(route: R, input: CallInput<R>): Promise<Response> {
  const headers = callerHeaders();
  if (input.body !== undefined) headers['content-type'] = 'application/json';
  if (input.sessionToken) headers['x-session-token'] = input.sessionToken;
  if (input.idempotencyKey) headers['idempotency-key'] = input.idempotencyKey;
  try {
    return await fetch(addressOf(route, input), {
      method: route.method,
      headers,
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
      ...(input.signal ? { signal: input.signal } : {}),
    });
  } catch (cause) {
    if (input.signal?.aborted) throw cause;
    throw new CallProblem('unreachable', 'Not reachable', '');
  }
}

/** The server's own words for a failure, or ours where it has none. */
export function problemOf(response: Response, content: unknown): CallProblem {
  const parsed = problem.safeParse(content);
  if (parsed.success) {
    const { code, title, detail, errors } = parsed.data;
    return new CallProblem(code, title, detail, errors ?? []);
  }
  // A proxy before the server answers 502 to 504 in its own words when the server is away.
  if (response.status >= 502 && response.status <= 504) return new CallProblem('unreachable', 'Not reachable', '');
  return new CallProblem('unexpected-answer', 'Unexpected answer', `HTTP ${response.status}`);
}
