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
const loadPenalty = 0.5;

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

/**
 * Finds an agent for each ticket in turn: the highest affinity less half the utilisation, each choice taking
 * a slot before the next. Null where nobody with a skill above 0 has a free slot. Equal scores go to the
 * name that sorts first by code unit. Greedy; O(tickets × agents).
 */
export function chooseAgents(
  tickets: readonly MatchableTicket[],
  agents: readonly AvailableAgent[],
): (Choice | null)[] {
  const free = agents
    .map((a) => ({ ...a }))
    .filter((a) => a.load < a.capacity)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return tickets.map((ticket) => {
    const best = chooseAgent(ticket, free);
    if (best === null) return null;
    best.agent.load++;
    return { agent: best.agent.name, affinity: best.affinity };
  });
}

function chooseAgent<A extends AvailableAgent>(
  ticket: MatchableTicket,
  agents: readonly A[],
): { agent: A; affinity: number | null } | null {
  const anyone = queueOf(ticket) === triageQueue;
  let best: { agent: A; affinity: number | null } | null = null;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const agent of agents) {
    if (agent.load >= agent.capacity || agent.name === ticket.excludeAgent) continue;
    const fit = anyone ? null : affinity(agent.skills, ticket);
    if (fit === 0) continue;
    const score = (fit ?? 0) - loadPenalty * utilisation(agent);
    // Rounding noise must not decide between equals: 0.9 − 0.5·0.8 and 0.5 are a tie.
    if (score > bestScore + 1e-9) {
      bestScore = score;
      best = { agent, affinity: fit };
    }
  }
  return best;
}
