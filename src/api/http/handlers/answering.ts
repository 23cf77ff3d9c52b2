import { subjectOf } from '../../../intake/index.ts';
import { decodeCursor } from '../../../platform/index.ts';
import { answeringRoutes, type InteractionFilters } from '../../contract/index.ts';
import type { Binder } from '../bind-route.ts';
import { streamCsv } from '../csv-stream.ts';
import { presentInteraction } from '../present.ts';
import type { Services } from '../services.ts';

export function bindAnswering(bind: Binder, services: Services): void {
  bind(answeringRoutes.answer, async ({ body, caller, effect }) => {
    const row = await services.answer(
      {
        // A message without a subject gets its own beginning as one.
        subject: body.subject ?? subjectOf(body.message),
        body: body.message,
        customerEmail: body.customer_email,
        customerName: body.customer_name,
        channel: 'answer',
        language: body.language,
        sourceKey: effect,
      },
      { method: body.method, tone: body.tone ?? null, k: body.k, category: body.category ?? null },
      caller.name,
    );
    return { status: 200, body: presentInteraction(row) };
  });

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
