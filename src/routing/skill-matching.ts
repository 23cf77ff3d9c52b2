import type { Department } from '../ticket/index.ts';

/** Department or category → how well the agent serves it, in [0,1]. A category's own value wins. */
export type Skills = Readonly<Record<string, number>>;

/** The queue of tickets without a trustworthy category; any agent may serve it. */
export const triageQueue = 'triage';

/** What routing has to know of a ticket to find somebody for it. */
export interface MatchableTicket {
  readonly category: string | null;
  readonly department: Department | null;
  /** True when the category is not to be trusted: the ticket goes to the queue `triage`. */
  readonly abstained: boolean;
  /** Never chosen for this ticket: who has just given it back. */
  readonly excludeAgent?: string | undefined;
  /** The only ones who may have it: the members of the team that serves it. */
  readonly only?: ReadonlySet<string> | undefined;
  /** Who holds another open ticket of the same customer: goes before all others who may serve it. */
  readonly prefer?: string | undefined;
  /** What it may be about, with probabilities; undefined: its category, for certain. Moves the score alone. */
  readonly needs?: readonly Need[] | undefined;
}

export interface Need {
  readonly category: string | null;
  readonly department: Department | null;
  /** In (0,1]; they need not sum to one. */
  readonly probability: number;
}

export interface AvailableAgent {
  readonly name: string;
  readonly skills: Skills;
  /** Most open tickets at once, ≥ 0. */
  readonly capacity: number;
  /** Open tickets now; may lie above the capacity when that was lowered. */
  readonly load: number;
}

export interface Choice {
  readonly agent: string;
  /** In (0,1]; null for the queue `triage`, where skill decides nothing. */
  readonly affinity: number | null;
}

/** What a full load costs in affinity: a half-empty specialist still goes before an idle agent who is 0.25 worse. */
export const loadPenalty = 0.5;
/** More than skill and load can make up for: a score lies between −0.5 and 1. */
const preference = 2;

/**
 * How well `skills` fit a ticket, in [0,1]: the value of the category where there is one, 0 included,
 * else that of the department, else 0.
 */
export function affinity(
  skills: Skills,
  { category, department }: Pick<MatchableTicket, 'category' | 'department'>,
): number {
  return skillFor(skills, category) ?? skillFor(skills, department) ?? 0;
}

function skillFor(skills: Skills, name: string | null): number | undefined {
  if (name === null || !Object.hasOwn(skills, name)) return undefined;
  const value = Number(skills[name]);
  return value > 0 ? Math.min(value, 1) : 0;
}

/** The same rule as lists of names, for a query: served are values above 0, refused those of 0. */
export function servedNames(skills: Skills): { served: string[]; refused: string[] } {
  const names = Object.keys(skills);
  const isServed = (name: string) => (skillFor(skills, name) ?? 0) > 0;
  return { served: names.filter(isServed), refused: names.filter((n) => !isServed(n)) };
}

/** Share of the capacity in use, in [0, …); an agent without capacity counts as full. */
export function utilisation({ load, capacity }: Pick<AvailableAgent, 'load' | 'capacity'>): number {
  return capacity > 0 ? load / capacity : 1;
}

/** The queue a ticket waits in: its department, or `triage` when nothing trustworthy is known. */
export function queueOf({ category, department, abstained }: MatchableTicket): string {
  return abstained || (category === null && department === null)
    ? triageQueue
    : (department ?? category ?? triageQueue);
}

/** Whether the agent may have the ticket at all: a skill above 0, of the team that serves it, and not who gave it back. */
export function mayServe(agent: Pick<AvailableAgent, 'name' | 'skills'>, ticket: MatchableTicket): boolean {
  if (agent.name === ticket.excludeAgent || ticket.only?.has(agent.name) === false) return false;
  return queueOf(ticket) === triageQueue || affinity(agent.skills, ticket) > 0;
}

/**
 * What it is worth that the agent gets the ticket: needs against skills, less half the utilisation that the agent
 * has when `before` more tickets came first.
 *
 * Needs and skills are compared by their cosine. Each skill s is completed to length one by what the agent lacks of
 * it, (s, √(1−s²)), and each need weighs √p in both vectors, p being the probability that this is what the ticket
 * needs; then both have length one and their cosine is Σ p·s. Without the completion the cosine divides the level
 * away: somebody with nothing but {Billing: 0.1} would score 1.
 */
export function scoreOf(ticket: MatchableTicket, agent: AvailableAgent, before = 0): number {
  const fit = queueOf(ticket) === triageQueue ? 0 : cosine(agent.skills, ticket);
  const known = ticket.prefer === agent.name ? preference : 0;
  return fit + known - loadPenalty * utilisation({ load: agent.load + before, capacity: agent.capacity });
}

function cosine(skills: Skills, ticket: MatchableTicket): number {
  if (ticket.needs === undefined || ticket.needs.length === 0) return affinity(skills, ticket);
  let sum = 0;
  let total = 0;
  for (const need of ticket.needs) {
    sum += need.probability * affinity(skills, need);
    total += need.probability;
  }
  return total > 0 ? sum / total : affinity(skills, ticket);
}

/** The best of the agents with a free slot for one ticket; equal scores go to the first in the list. */
export function chooseOne<A extends AvailableAgent>(ticket: MatchableTicket, agents: readonly A[]): A | null {
  let best: A | null = null;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const agent of agents) {
    if (agent.load >= agent.capacity || !mayServe(agent, ticket)) continue;
    const score = scoreOf(ticket, agent);
    // Rounding noise must not decide between equals: 0.9 − 0.5·0.8 and 0.5 are a tie.
    if (score > bestScore + 1e-9) {
      bestScore = score;
      best = agent;
    }
  }
  return best;
}
