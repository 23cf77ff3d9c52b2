import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { type FieldError, SignalboxError } from '../../ticket/index.ts';

/** JSON in strict UTF-8; an empty body is no body. Keys that would reach a prototype are refused by Fastify's parser. */
export function parseJsonStrictly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  server.removeContentTypeParser(['application/json', 'text/plain']);
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    if (bytes.length === 0) return done(null, undefined);
    let text: string;
    try {
      text = decoder.decode(bytes);
    } catch (error) {
      return done(
        new SignalboxError('malformed-json', 'The request body is not valid UTF-8. Send JSON in UTF-8.', {
          cause: error,
        }),
      );
    }
    return parse(request, text, done);
  });
}

/** Validation by the contract's zod schemas; what is wrong becomes a list of fields. */
export function compileValidator({ schema, httpPart }: { schema: unknown; httpPart?: string | undefined }) {
  const zodSchema = schema as z.ZodType;
  return (data: unknown) => {
    const parsed = zodSchema.safeParse(data ?? (httpPart === 'body' ? undefined : {}));
    return parsed.success ? { value: parsed.data } : { error: invalidFields(parsed.error, httpPart) };
  };
}

function invalidFields(error: z.ZodError, part: string | undefined): SignalboxError {
  const fields: FieldError[] = error.issues
    .slice(0, 20)
    .map((issue) => ({ path: pathOf(issue.path), message: issue.message }));
  const first = fields[0];
  if (part === 'params')
    return new SignalboxError(
      'not-found',
      `There is nothing under this address: ${first?.path ?? 'id'} ${first?.message ?? 'is not valid'}.`,
      { cause: error },
    );
  const summary =
    first === undefined
      ? 'The request is not valid.'
      : first.path === ''
        ? `The ${part === 'body' ? 'body' : 'request'} is not valid: ${first.message}.`
        : `${first.path}: ${first.message}.`;
  return new SignalboxError('invalid-fields', summary, { fields, cause: error });
}

/** tickets[3].body */
function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );
}
