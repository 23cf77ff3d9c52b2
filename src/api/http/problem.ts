import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { translateDatabaseError } from '../../platform/index.ts';
import { type ErrorCode, errorCodes, type FieldError, limits, SignalboxError } from '../../ticket/index.ts';

/** The only place where an error code gets its HTTP status. */
const statusOf: Record<ErrorCode, number> = {
  'malformed-json': 400,
  'invalid-fields': 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'unsupported-media-type': 415,
  'too-large': 413,
  'not-yet': 501,
  'invalid-state': 409,
  'ticket-already-processed': 409,
  'ticket-taken': 409,
  'client-id-conflict': 409,
  'already-done': 409,
  'idempotency-mismatch': 422,
  'idempotency-in-flight': 409,
  'agent-unavailable': 409,
  'newer-message': 409,
  'person-took-over': 409,
  'rate-limited': 429,
  'queue-full': 503,
  'job-stuck': 503,
  'not-ready': 503,
  'database-unavailable': 503,
  'storage-full': 507,
  'config-invalid': 500,
  'data-folder': 500,
  'port-in-use': 500,
  'model-invalid': 500,
  'package-missing': 501,
  'embedder-closed': 503,
  'embedder-unavailable': 503,
  'file-unreadable': 422,
  'training-data': 422,
  internal: 500,
};

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: ErrorCode;
  readonly errors?: readonly FieldError[];
}

/** RFC 9457. What is not ours becomes `internal`: no SQL, stack or inner text ever leaves. */
export function problemOf(error: unknown, instance: string): Problem {
  const known = error instanceof SignalboxError ? error : fromOthers(error);
  return {
    type: `about:blank#${known.code}`,
    title: errorCodes[known.code].title,
    status: statusOf[known.code],
    detail: known.message,
    instance,
    code: known.code,
    ...(known.fields.length > 0 ? { errors: known.fields } : {}),
  };
}

/** A query outside a transaction throws the driver's own error. */
function fromOthers(error: unknown): SignalboxError {
  const translated = translateDatabaseError(error);
  return translated.code === 'internal' ? fromFastify(error as FastifyError) : translated;
}

function fromFastify(error: FastifyError): SignalboxError {
  const made = (code: ErrorCode, words: string) => new SignalboxError(code, words, { cause: error });
  if (error.statusCode === 413)
    return made(
      'too-large',
      `The request is larger than ${limits.request / 1024 / 1024} MB (a batch may have ${limits.batchRequest / 1024 / 1024} MB, a request with files ${limits.requestWithFiles / 1024 / 1024} MB). Send less at once.`,
    );
  if (error.statusCode === 415)
    return made('unsupported-media-type', 'Send JSON with the header Content-Type: application/json.');
  if (error.statusCode === 429)
    return made('rate-limited', 'Too many requests. Wait as long as Retry-After says, then go on.');
  if (error.statusCode === 400)
    return made('malformed-json', 'The request body is not valid JSON. Check quotes, commas and brackets.');
  return made('internal', 'Something went wrong on our side. Nothing was changed; the log tells more.');
}

export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, request.url.split('?', 1)[0] ?? '/');
  if (problem.status >= 500) request.log.error({ err: error, url: problem.instance }, 'a request failed');
  if (problem.status === 429 || problem.status === 503)
    reply.header('retry-after', String(reply.getHeader('retry-after') ?? 2));
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.code(problem.status).type('application/problem+json').serializer(JSON.stringify).send(problem);
}
