import type { z } from 'zod';

export type Scope = 'public' | 'customer' | 'agent' | 'admin';

/** One path of the contract: server, tests, OpenAPI page and console read the same definition. */
export interface RouteDefinition {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly summary: string;
  /** The least scope a key needs; `public` asks for none. Scopes contain one another: admin ⊃ agent ⊃ customer. */
  readonly scope: Scope;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly response: Readonly<Record<number, z.ZodType>>;
  /** Understands Idempotency-Key; with 'effect' nothing is done twice, but a stream cannot be kept and given again. */
  readonly idempotent?: boolean | 'effect';
  /** Takes requests up to the larger limit of batches. */
  readonly large?: boolean;
  /** Takes files: within JSON up to 40 MB in all, and where there is no other body as multipart/form-data too. */
  readonly files?: 'json' | 'multipart';
  /** Answers something else than JSON (CSV, Prometheus text). */
  readonly produces?: string;
}

export const defineRoute = <const R extends RouteDefinition>(route: R): R => route;

type Part<R, K extends 'params' | 'query' | 'body'> = R extends {
  readonly [P in K]: infer S extends z.ZodType;
}
  ? z.output<S>
  : undefined;

export interface RouteInput<R extends RouteDefinition> {
  readonly params: Part<R, 'params'>;
  readonly query: Part<R, 'query'>;
  readonly body: Part<R, 'body'>;
}

/** What a handler may answer: the value of any of its success responses. */
export type RouteOutput<R extends RouteDefinition> = {
  [S in keyof R['response']]: R['response'][S] extends z.ZodType ? z.input<R['response'][S]> : never;
}[keyof R['response']];
