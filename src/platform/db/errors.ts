import { type ErrorCode, SignalboxError } from '../../ticket/index.ts';

export function isSignalboxError(error: unknown): error is SignalboxError {
  return error instanceof SignalboxError;
}

const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

/**
 * SQLSTATE class or code → what a caller is told. Class 08 connection, 57 operator intervention, 53 resources; 25P03 ends
 * a transaction that stood still.
 */
function classify(code: string | undefined, message: string): ErrorCode {
  if (code === '53100') return 'storage-full';
  if (code !== undefined && (networkCodes.has(code) || /^(08|57|53|25P03)/.test(code))) return 'database-unavailable';
  if (/No space left|File too large/i.test(message)) return 'storage-full';
  if (/terminated|timeout exceeded when trying to connect|Connection/i.test(message)) return 'database-unavailable';
  return 'internal';
}

/** Turns what node-postgres throws into a SignalboxError; the original stays as `cause` for the log. */
export function translateDatabaseError(error: unknown): SignalboxError {
  if (isSignalboxError(error)) return error;
  const code = (error as { code?: string }).code;
  const kind = classify(code, error instanceof Error ? error.message : String(error));
  const text = {
    'storage-full':
      'The disk of the database is full. Nothing of this request was stored; free some space and send it again.',
    'database-unavailable':
      'The database cannot be reached at the moment. Nothing of this request was stored; send it again shortly.',
    internal: 'The database refused the request.',
  } as const;
  const known = kind === 'storage-full' || kind === 'database-unavailable' ? kind : 'internal';
  return new SignalboxError(known, text[known], { cause: error });
}

/** True for the violation of a unique constraint, optionally a certain one. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const e = error as { code?: string; constraint?: string };
  return e.code === '23505' && (constraint === undefined || e.constraint === constraint);
}
