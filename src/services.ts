import { countDesk } from './agent-services.ts';
import { answerBatch, readAnswer } from './answer-batch.ts';
import type { AgentDesk, Services } from './api/index.ts';
import { countTickets, listInteractions, readTrace, streamInteractions } from './audit/index.ts';
import type { BackgroundServices } from './background-work.ts';
import { createConversation } from './conversation.ts';
import type { ConversationHub } from './conversation-hub.ts';
import { createCustomerServices } from './customer-commands.ts';
import { createGapServices } from './gap-services.ts';
import { createIncidentServices } from './incident-services.ts';
import { listAttachments, listTickets, readAttachment, readAttachmentContent, readTicket } from './intake/index.ts';
import * as messages from './message-commands.ts';
import type { LlmUsage } from './open-llm.ts';
import { createPeopleServices } from './people-services.ts';
import { currentVersions, type PipelineParts } from './pipeline-parts.ts';
import { createIdempotencyStore, findApiKey, type Metrics, within } from './platform/index.ts';
import { policyVersion } from './policy/index.ts';
import { decideOnReview } from './review-commands.ts';
import { createRouteTickets } from './route-tickets.ts';
import {
  deleteAgent,
  listAgents,
  listQueue,
  listReviews,
  peekQueue,
  putAgent,
  queueNext,
  type WebhookCommands,
} from './routing/index.ts';
import { answerMessage, evaluateTicket } from './runs.ts';
import type { StreamBoard } from './stream-board.ts';
import { createStreamServices } from './stream-tickets.ts';
import * as tickets from './ticket-commands.ts';
import { countIncidents, entityNames, profileText } from './triage/index.ts';

export interface ServiceParts {
  readonly parts: PipelineParts;
  readonly metrics: Metrics;
  readonly llmUsage: LlmUsage;
  readonly health: Services['health'];
  readonly process: Services['process'];
  readonly syncKnowledge: () => Promise<void>;
  readonly version: string;
  readonly hub: ConversationHub;
  readonly webhooks: WebhookCommands;
  readonly jobs: BackgroundServices;
  readonly desk: AgentDesk;
  readonly streams: StreamBoard;
}

export type AppServices = Services & { readonly idempotency: ReturnType<typeof createIdempotencyStore> };

/** Every use case as a typed function over the parts: what the HTTP face and later ones may call. */
export function createServices(given: ServiceParts): AppServices {
  const { parts, metrics } = given;
  return {
    ...pipelineServices(parts),
    ...ticketServices(given),
    ...routingServices(parts),
    ...createPeopleServices(parts),
    ...createGapServices(parts),
    ...createIncidentServices(parts),
    ...systemServices(given, metrics),
    chat: createConversation(parts, given.hub),
    customers: createCustomerServices(parts),
    webhooks: given.webhooks,
    jobs: given.jobs,
    desk: given.desk,
    streams: createStreamServices(parts, given.streams),
  };
}

function pipelineServices(parts: PipelineParts) {
  const { db } = parts.database;
  const { route, routeBatch } = createRouteTickets(parts);
  const names = entityNames(parts.taxonomy.names);
  return {
    route: (request, actor) => route({ request, actor }),
    routeBatch: (requests, actor) => routeBatch(requests.map((request) => ({ request, actor }))),
    answer: async (request, wishes, actor, onEvent) =>
      readAnswer(db, await answerMessage(parts, request, { wishes, actor, ...(onEvent && { onEvent }) })),
    answerBatch: (messages, actor) => answerBatch(parts, messages, actor),
    evaluateTicket: async (id, actor) => {
      await evaluateTicket(parts, id, actor);
      return readTicket(db, id);
    },
    listInteractions: (filters) => listInteractions(db, filters),
    streamInteractions: (filters) => streamInteractions(db, filters),
    counts: () => countTickets(db),
    readTrace: async (id) => {
      await readTicket(db, id);
      return readTrace(db, id);
    },
    readFeatures: async (id) => {
      const ticket = await readTicket(db, id);
      const { triage } = parts;
      return {
        language: ticket.language,
        profile: profileText(ticket, names),
        topics: triage.topicsOf(ticket),
        examples: triage.examplesOf(ticket),
      };
    },
    knowledge: parts.knowledge,
  } satisfies Partial<Services>;
}

function ticketServices({ parts, jobs }: ServiceParts) {
  const { db } = parts.database;
  return {
    createTicket: async (request, actor, evaluate) =>
      tickets.createTicket(parts, request, { actor, also: await jobs.handlingOf(evaluate, actor) }),
    listTickets: (filters) => listTickets(db, filters),
    readTicket: (id) => readTicket(db, id),
    listAttachments: (ticketId) => listAttachments(db, ticketId),
    readAttachment: (by) => readAttachment(db, by),
    readAttachmentContent: (by) => readAttachmentContent(db, by),
    assignTicket: (id, agent, actor) => tickets.assignTicket(parts, id, { agent, actor }),
    releaseTicket: (id, actor) => tickets.releaseTicket(parts, id, { actor }),
    resolveTicket: (id, given, actor) => tickets.resolveTicket(parts, id, { ...given, actor }),
    closeTicket: (id, actor) => tickets.closeTicket(parts, id, { actor }),
    reopenTicket: (id, actor) => tickets.reopenTicket(parts, id, { actor }),
    giveFeedback: (id, given, actor) => messages.giveFeedback(parts, id, { ...given, actor }),
    listMessages: (id) => messages.listTicketMessages(parts, id),
    addMessage: (id, message, actor) => messages.addTicketMessage(parts, id, { ...message, actor }),
    listReviews: (filters) => listReviews(db, filters),
    decideReview: (id, decision, actor) => decideOnReview(parts, id, { ...decision, actor }),
  } satisfies Partial<Services>;
}

function routingServices(parts: PipelineParts) {
  const { db } = parts.database;
  const by = (actor: string) => ({ by: actor, now: parts.clock.now() });
  return {
    agents: () => listAgents(db),
    putAgent: (agent, actor) => parts.database.transaction((trx) => putAgent(trx, agent, by(actor))),
    deleteAgent: async (name, actor) =>
      (await parts.database.transaction((trx) => deleteAgent(trx, name, by(actor)))).requeued,
    listQueue: (page) => listQueue(db, page),
    peekQueue: () => peekQueue(db),
    queueNext: (agent, actor) => parts.database.transaction((trx) => queueNext(trx, { agent, ...by(actor) })),
  } satisfies Partial<Services>;
}

/** As a number of the metrics: what is not configured is no fault. */
const faults = { ok: 0, not_configured: 0, degraded: 1, down: 2 } as const;

/** Gauges of what stands in the database. Add one here. */
async function countStored({ parts, jobs, webhooks, desk }: ServiceParts, metrics: Metrics): Promise<void> {
  metrics.waiting.set((await countTickets(parts.database.db)).waiting);
  const incidents = await countIncidents(parts.database.db);
  for (const status of ['open', 'resolved'] as const) metrics.incidents.set({ status }, incidents[status]);
  for (const { queue, waiting } of await jobs.depth()) metrics.jobsWaiting.set({ queue }, waiting);
  await countDesk(desk, metrics);
  const receivers = await webhooks.list();
  metrics.webhooksPending.set(receivers.reduce((sum, { open }) => sum + open, 0));
  metrics.webhooksDead.set(receivers.reduce((sum, { dead }) => sum + dead, 0));
}

function systemServices(given: ServiceParts, metrics: Metrics) {
  const { parts, health, process, syncKnowledge, version, llmUsage } = given;
  return {
    llmUsage: { ...llmUsage, now: () => parts.clock.now() },
    health,
    process,
    syncKnowledge,
    versions: async () => {
      const { classifier, knowledge } = await currentVersions(parts);
      return { version, model: classifier ?? 'unknown', knowledge: knowledge ?? 'unknown', policy: policyVersion };
    },
    model: { variant: parts.triage.variant, categories: parts.triage.categories },
    metricsText: async () => {
      for (const [component, { status }] of Object.entries(await health()))
        metrics.components.set({ component }, faults[status]);
      // What the database counts stays as it was while it does not answer: the rest is told all the same.
      await within(2_000, 'the database', countStored(given, metrics)).catch(() => undefined);
      return metrics.registry.metrics();
    },
    observeRequest: ({ method, route, status, seconds }) =>
      metrics.httpSeconds.observe({ method, route, status: String(status) }, seconds),
    findKey: (hash) => findApiKey(parts.database.db, hash),
    idempotency: createIdempotencyStore(parts.database, { clock: parts.clock, owner: parts.owner }),
  } satisfies Partial<Services>;
}
