export { assignTickets, type TicketToAssign } from './assign-tickets.ts';
export { type AgentPatch, deleteAgent, patchAgent, putAgent, relieveAbsent, seedAgents } from './change-agents.ts';
export { deleteTeam, putTeam } from './change-teams.ts';
export { dropReviews } from './drop-reviews.ts';
export { freeSlot, type ServedTicket, type SlotChange, serveWaiting } from './free-slot.ts';
export { assignTo, queueNext, release } from './hand-over.ts';
export { type Reassignment, reassign } from './reassign.ts';
export { createReview, decideReview, readReviewForUpdate } from './reviews.ts';
export { type Need, queueOf, triageQueue, utilisation } from './skill-matching.ts';
export type { Clock, ClockName } from './sla/clocks.ts';
export { createSla, type Sla } from './sla/keep-clocks.ts';
export { readSlaSettings, type SlaSettings } from './sla/sla-settings.ts';
export { type Agent, type AgentSettings, listAgents, readAgent } from './stores/agents.ts';
export {
  listQueue,
  peekQueue,
  type QueueDepth,
  type QueuedTicket,
  type QueuePage,
  queueDepth,
} from './stores/queue.ts';
export {
  countPendingReviews,
  findEscalatedReview,
  findPendingReview,
  listReviews,
  type NewReview,
  type Review,
  type ReviewDecision,
  type ReviewFilters,
  type ReviewStatus,
} from './stores/reviews.ts';
export type { ClockFilters, ClockRow, ClockState } from './stores/sla-clocks.ts';
export { listTeams } from './stores/teams.ts';
export type { Team } from './teams.ts';
export * from './webhooks/index.ts';
