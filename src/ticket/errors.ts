/** The one table of error codes. HTTP statuses are given in api/http/problem.ts, nowhere else. */
export const errorCodes = {
  'malformed-json': { title: 'The request is not valid JSON', retryable: false },
  'invalid-fields': { title: 'Some fields are not valid', retryable: false },
  unauthenticated: { title: 'Credentials are missing or not valid', retryable: false },
  forbidden: { title: 'Not allowed', retryable: false },
  'not-found': { title: 'Not found', retryable: false },
  'unsupported-media-type': { title: 'The content type is not supported', retryable: false },
  'too-large': { title: 'The request is too large', retryable: false },
  'not-yet': { title: 'This part is not built yet', retryable: false },
  'invalid-state': { title: 'The present state does not allow this', retryable: false },
  'ticket-already-processed': { title: 'The ticket was already processed', retryable: false },
  'ticket-taken': { title: 'The ticket is held by another agent', retryable: false },
  'client-id-conflict': { title: 'This ticket id was used for other content', retryable: false },
  'already-done': { title: 'This was already done', retryable: false },
  'idempotency-mismatch': { title: 'The idempotency key was used for another request', retryable: false },
  'idempotency-in-flight': { title: 'A request with this idempotency key is in progress', retryable: true },
  'agent-unavailable': { title: 'The agent cannot take a ticket', retryable: false },
  'newer-message': { title: 'A newer message arrived', retryable: false },
  'person-took-over': { title: 'A person took over', retryable: false },
  'rate-limited': { title: 'Too many requests', retryable: true },
  'queue-full': { title: 'Too many jobs wait', retryable: true },
  'job-stuck': { title: 'The work did not come to an end', retryable: true },
  'not-ready': { title: 'Signalbox is not ready', retryable: true },
  'database-unavailable': { title: 'The database cannot be reached', retryable: true },
  'storage-full': { title: 'The disk is full', retryable: true },
  'config-invalid': { title: 'A setting is not valid', retryable: false },
  'data-folder': { title: 'The data folder cannot be used', retryable: false },
  'port-in-use': { title: 'The port is in use', retryable: false },
  'model-invalid': { title: 'The model file cannot be used', retryable: false },
  'package-missing': { title: 'An optional package is not installed', retryable: false },
  'embedder-closed': { title: 'The embedding model is closed', retryable: true },
  'embedder-unavailable': { title: 'The embedding model does not answer', retryable: true },
  'file-unreadable': { title: 'The file cannot be read', retryable: false },
  'training-data': { title: 'The training data cannot be used', retryable: false },
  internal: { title: 'Something went wrong on our side', retryable: false },
} as const satisfies Record<string, { title: string; retryable: boolean }>;

export type ErrorCode = keyof typeof errorCodes;

export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** The one error class. `message` is written for the person who reads it: what is wrong and what to do. */
export class SignalboxError extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];

  constructor(code: ErrorCode, message: string, options: { fields?: readonly FieldError[]; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'SignalboxError';
    this.code = code;
    this.fields = options.fields ?? [];
  }
}
