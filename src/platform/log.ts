import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/** Fields that may carry personal data or secrets: they never reach a log, wherever they stand. */
const hidden = [
  'body',
  'subject',
  'text',
  'message_text',
  'email',
  'customer_email',
  'customer_name',
  'authorization',
  'answer',
  'draft',
  'reply',
];

/** Structured logs to stderr (stdout belongs to data). Errors carry type, code and stack, not their inputs. */
export function createLog(level: string, stream: DestinationStream = pino.destination({ dest: 2, sync: false })): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: hidden.flatMap((f) => [f, `*.${f}`, `*.*.${f}`]), censor: '(not logged)' },
      serializers: { err: describeError, error: describeError },
    },
    stream,
  );
}

/** A message of several lines goes on in the stack: of that, only the places in the code are kept. */
const placesIn = (stack: string) =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 7)
    .join('\n');

/** PostgreSQL puts row values into `detail` and `where`: only code, constraint and the stack are kept. */
function describeError(error: unknown): Record<string, unknown> {
  const e = error as Error & { code?: string; constraint?: string };
  // The job queue reports copies of errors, which are none themselves.
  if (!(error instanceof Error) && typeof e?.message !== 'string') return { type: typeof error };
  return {
    type: e.name ?? typeof error,
    code: e.code,
    constraint: e.constraint,
    message: e.code !== undefined && /^\d\d/.test(e.code) ? `SQLSTATE ${e.code}` : e.message,
    stack: e.stack === undefined ? undefined : placesIn(e.stack.replace(e.message, () => '')),
    cause: e.cause === undefined ? undefined : describeError(e.cause),
  };
}
