import type { GoodRow } from '../intake/index.ts';
import { noDuplicates } from '../open-duplicates.ts';
import { createRouteTickets, type Routed } from '../route-tickets.ts';
import { SignalboxError } from '../ticket/index.ts';
import { createTriage } from '../triage/index.ts';
import { chooseModel, fitTaxonomy } from './choose-model.ts';
import { readConfiguration } from './configuration.ts';
import { openEngine } from './open-engine.ts';
import type { Terminal } from './terminal.ts';
import { lineOfTicket, lineOfVerdict } from './triage-line.ts';
import type { RowResult, RowTriage } from './triage-plain.ts';

/** Triage that stores and assigns each row as a ticket, as POST /route does. */
export async function openStoringTriage(model: string | undefined, terminal: Terminal): Promise<RowTriage> {
  const engine = await openEngine(terminal);
  try {
    const triage = model === undefined ? engine.triage.primary : await otherTriage(model, engine.parts.taxonomy);
    // The rows of a file are history, whatever channel they came by.
    const duplicates = noDuplicates(engine.parts.duplicates.settings);
    const { route } = createRouteTickets({ ...engine.parts, triage, duplicates });
    return {
      modelVersion: triage.version,
      assess: (rows) => Promise.all(rows.map((row) => routeRow(row, route))),
      close: () => engine.close(),
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

async function otherTriage(path: string, taxonomy: Parameters<typeof fitTaxonomy>[0]) {
  const { model, embedder } = await chooseModel(path, readConfiguration().config);
  if (!fitTaxonomy(taxonomy, model).ours)
    throw new SignalboxError(
      'model-invalid',
      `The model ${path} knows categories that are not in the taxonomy, so its tickets cannot be stored and routed. Use --no-store.`,
    );
  return createTriage(model, taxonomy, embedder);
}

type Route = ReturnType<typeof createRouteTickets>['route'];

async function routeRow({ row, request }: GoodRow, route: Route): Promise<RowResult> {
  try {
    return { line: lineOf(row, await route({ request, actor: 'cli' })) };
  } catch (error) {
    if (!(error instanceof SignalboxError) || error.code !== 'client-id-conflict') throw error;
    return { problem: conflictWords(request.clientTicketId) };
  }
}

function conflictWords(id: string | undefined): string {
  const same = 'or was this file stored before with other options (--text, --believe)?';
  return id === undefined
    ? 'this row of the file was stored before with other content; with which options (--text, --believe)?'
    : `ticket_id ${JSON.stringify(id)} was used for a ticket with other content; give it an id of its own, ${same}`;
}

function lineOf(row: number, routed: Routed) {
  if (routed.kind === 'repeated') return lineOfTicket(row, routed.ticket);
  const { ticket } = routed.received;
  return lineOfVerdict(routed.triage, {
    row,
    ticketId: routed.ticketId,
    clientTicketId: ticket.clientTicketId,
    requestedPriority: ticket.requestedPriority,
    language: ticket.language,
    priority: routed.priority,
    agent: routed.routing.agent,
    assignment: routed.routing.assignment,
  });
}
