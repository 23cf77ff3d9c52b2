import type { Readable } from 'node:stream';
import { subjectOf } from '../../../intake/index.ts';
import { decodeCursor } from '../../../platform/index.ts';
import {
  type AnswerEventName,
  type AnswerRequest,
  answeringRoutes,
  type InteractionFilters,
} from '../../contract/index.ts';
import type { Caller } from '../access.ts';
import type { Binder, HandlerContext } from '../bind-route.ts';
import { streamCsv } from '../csv-stream.ts';
import { openEventStream } from '../event-stream.ts';
import { presentInteraction } from '../present.ts';
import { problemOf } from '../problem.ts';
import { readFiles } from '../read-files.ts';
import type { MessageToAnswer, Services } from '../services.ts';

export function bindAnswering(bind: Binder, services: Services): void {
  bind(answeringRoutes.answer, async ({ body, caller, effect }) => {
    const { request, wishes } = messageOf(body, { effect, caller });
    const withFiles = { ...request, attachments: await readFiles(body.attachments) };
    return { status: 200, body: presentInteraction(await services.answer(withFiles, wishes, caller.name)) };
  });

  bind(answeringRoutes.answerBatch, async ({ body, caller, effect }) => {
    const messages = body.messages.map((one, i) =>
      messageOf(one, { effect: effect === undefined ? undefined : `${effect}:${i}`, caller }),
    );
    const results = (await services.answerBatch(messages, caller.name)).map(presentInteraction);
    return { status: 200, body: { results, count: results.length } };
  });

  bind(answeringRoutes.answerStream, (context) => streamAnswer(services, context));

  bind(answeringRoutes.listInteractions, async ({ query }) => {
    const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
    const { items, nextCursor } = await services.listInteractions({ ...query, after });
    return { status: 200, body: { items: items.map(presentInteraction), next_cursor: nextCursor } };
  });

  bind(answeringRoutes.interactionsCsv, async ({ query, reply }) => {
    const csv = await streamCsv(csvRows(services, query), (error) =>
      reply.log.warn({ err: error }, 'a download of interactions broke off'),
    );
    reply.header('content-disposition', 'attachment; filename="interactions.csv"');
    return { status: 200, body: csv };
  });
}

function messageOf(
  body: AnswerRequest,
  { effect, caller }: { effect: string | undefined; caller: Caller },
): MessageToAnswer {
  const request = {
    // A message without a subject gets its own beginning as one.
    subject: body.subject ?? subjectOf(body.message),
    body: body.message,
    customerEmail: body.customer_email,
    customerName: body.customer_name,
    // A key with the rights of an agent stands for the company, which knows who its customer is.
    customerVouched: caller.scope !== 'customer',
    channel: 'answer',
    language: body.language,
    sourceKey: effect,
  };
  const { method, tone = null, k, category = null } = body;
  return { request, wishes: { method, tone, k, category } };
}

/**
 * The run goes on whether or not anybody listens; its end is stored like that of any other. What is wrong with the
 * request is answered as a problem; what happens after the first event can only be told as one more event.
 */
async function streamAnswer(
  services: Services,
  { body, caller, effect, reply }: HandlerContext<typeof answeringRoutes.answerStream>,
): Promise<{ status: number; body: Readable }> {
  const { request, wishes } = messageOf(body, { effect, caller });
  const events = openEventStream();
  const begun = Promise.withResolvers<void>();
  const tell = (event: AnswerEventName, data: unknown) => events.send(event, data);
  const run = services.answer(request, wishes, caller.name, ({ type, ...data }) => {
    tell(type, data);
    begun.resolve();
  });
  run
    .then((row) => tell('final', presentInteraction(row)))
    .catch((error: unknown) => {
      const problem = problemOf(error, answeringRoutes.answerStream.url);
      if (problem.status >= 500) reply.log.error({ err: error, url: problem.instance }, 'a streamed answer failed');
      tell('problem', problem);
    })
    .finally(() => events.end());
  await Promise.race([begun.promise, run]);
  // A proxy that gathers the answer would tell everything at the end.
  reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no');
  return { status: 200, body: events.body };
}

/** One flat row an interaction; what is a list or an object stands as JSON in its cell. */
async function* csvRows(services: Services, filters: InteractionFilters): AsyncGenerator<Record<string, unknown>> {
  for await (const row of services.streamInteractions(filters)) {
    const flat = presentInteraction(row);
    yield Object.fromEntries(
      Object.entries(flat).map(([key, value]) => [
        key,
        value !== null && typeof value === 'object' ? JSON.stringify(value) : value,
      ]),
    );
  }
}
