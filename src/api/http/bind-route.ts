import type { Readable } from 'node:stream';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { limits, SignalboxError } from '../../ticket/index.ts';
import type { RouteDefinition, RouteInput, RouteOutput } from '../contract/index.ts';
import { type AccessSettings, authenticate, type Caller } from './access.ts';
import { type IdempotencyKey, type IdempotencyStore, idempotencyKeyOf } from './idempotency.ts';
import { compileValidator } from './parse-body.ts';
import { type ReceivedFile, receiveFile } from './receive-file.ts';

export interface HandlerContext<R extends RouteDefinition> extends RouteInput<R> {
  readonly caller: Caller;
  /** Unique name of the effect under an Idempotency-Key; undefined without the header. */
  readonly effect: string | undefined;
  readonly reply: FastifyReply;
  /** The file of a multipart request, which has no other body. */
  readonly file: ReceivedFile | null;
}

export interface Answered<R extends RouteDefinition> {
  readonly status: number;
  /** The value of the contract; for a route that `produces` something else than JSON its text or a stream of it. */
  readonly body: RouteOutput<R> | Readable;
}

export type Handler<R extends RouteDefinition> = (context: HandlerContext<R>) => Promise<Answered<R>> | Answered<R>;

/** Serves one route of the contract: access, validation and idempotency are the same for all. */
export type Binder = <R extends RouteDefinition>(route: R, handler: Handler<R>) => void;

export function createBinder(
  server: FastifyInstance,
  settings: { access: AccessSettings; idempotency: IdempotencyStore; checkResponses: boolean },
): Binder {
  return (route, handler) => {
    server.route({
      method: route.method,
      url: route.url,
      bodyLimit:
        route.files !== undefined
          ? limits.requestWithFiles
          : route.large === true
            ? limits.batchRequest
            : limits.request,
      schema: {
        summary: route.summary,
        ...(route.params === undefined ? {} : { params: route.params }),
        ...(route.query === undefined ? {} : { querystring: route.query }),
        ...(route.body === undefined ? {} : { body: route.body }),
        ...(route.produces === undefined ? { response: route.response } : { produces: [route.produces] }),
      },
      // Credentials come before anything that is said of the content.
      onRequest: async (request) => {
        request.caller = await authenticate(request, route.scope, settings.access);
      },
      ...(route.files === 'multipart' ? takesMultipart : {}),
      handler: async (request, reply) => {
        const key = route.idempotent === undefined ? null : idempotencyKeyOf(request, request.caller.name);
        const work = () => runHandler(route, handler, { request, reply, key });
        const answered =
          key === null || route.idempotent === 'effect'
            ? await work()
            : await underKey(settings.idempotency, { key, log: request.log }, work);
        if (settings.checkResponses) checkResponse(route, answered);
        if (answered.status === 204) return reply.code(204).send();
        if (route.produces !== undefined) reply.type(route.produces);
        return reply.code(answered.status).send(answered.body);
      },
    });
  };
}

const aForm = Symbol('multipart/form-data');

/** A form is read before the validation, which then has nothing to look at. */
const takesMultipart = {
  preValidation: async (request: FastifyRequest) => {
    if (!request.isMultipart()) return;
    request.receivedFile = await receiveFile(request);
    request.body = aForm;
  },
  validatorCompiler: (given: Parameters<typeof compileValidator>[0]) => {
    const validate = compileValidator(given);
    return (data: unknown) => (data === aForm ? { value: data } : validate(data));
  },
};

function runHandler<R extends RouteDefinition>(
  _route: R,
  handler: Handler<R>,
  call: { request: FastifyRequest; reply: FastifyReply; key: IdempotencyKey | null },
): Promise<Answered<R>> | Answered<R> {
  const { params, query, body } = call.request as unknown as RouteInput<R>;
  return handler({
    params,
    query,
    body,
    caller: call.request.caller,
    effect: call.key?.effect,
    reply: call.reply,
    file: call.request.receivedFile,
  });
}

/**
 * Only work that failed gives its key back. When the work is done and its answer cannot be kept, the caller is told what
 * was done: "nothing was stored" would be untrue, and a second sending finds the effect by its name.
 */
async function underKey<R extends RouteDefinition>(
  store: IdempotencyStore,
  { key, log }: { key: IdempotencyKey; log: FastifyBaseLogger },
  work: () => Promise<Answered<R>> | Answered<R>,
): Promise<Answered<R>> {
  const claim = await store.claim(key);
  if (claim.kind === 'done') return { status: claim.response.status, body: JSON.parse(claim.response.body) };
  const answered = await Promise.resolve()
    .then(work)
    .catch(async (error: unknown) => {
      await store.forget(key).catch((err: unknown) => log.warn({ err }, 'an Idempotency-Key could not be given back'));
      throw error;
    });
  await store
    .finish(key, { status: answered.status, body: JSON.stringify(answered.body) })
    .catch((err: unknown) => log.error({ err }, 'the answer under an Idempotency-Key could not be kept'));
  return answered;
}

/** In tests every response is held against the contract. */
function checkResponse<R extends RouteDefinition>(route: R, { status, body }: Answered<R>): void {
  if (route.produces !== undefined) return;
  const schema = route.response[status];
  if (schema === undefined)
    throw new Error(`${route.method} ${route.url} answered ${status}, which its contract does not know`);
  const parsed = schema.safeParse(status === 204 ? null : JSON.parse(JSON.stringify(body)));
  if (!parsed.success)
    throw new SignalboxError(
      'internal',
      `${route.method} ${route.url} broke its contract: ${JSON.stringify(parsed.error.issues.slice(0, 3))}`,
    );
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller;
  }
}
