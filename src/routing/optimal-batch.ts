import { linearSumAssignment } from 'linear-sum-assignment';
import type { Priority } from '../ticket/index.ts';
import {
  type AvailableAgent,
  affinity,
  type Choice,
  chooseOne,
  loadPenalty,
  type MatchableTicket,
  mayServe,
  queueOf,
  scoreOf,
  triageQueue,
} from './skill-matching.ts';

export interface BatchTicket extends MatchableTicket {
  /** Tickets of one priority are assigned together; those before them in the list have chosen already. */
  readonly priority?: Priority | undefined;
}

/**
 * Rows × columns up to which a class is assigned optimally. 100 tickets × 50 agents × 5 slots are 25,000: 4.4 ms here, 40,000 are 8
 * (2 cores). Beyond, each ticket takes the best that is left, in turn.
 */
const mostCells = 40_000;
/** Stands for "never": smaller than any sum of scores. */
const never = -1e6;
/** Of equal totals the one that gives the earlier ticket the better agent. Below what a score means, above rounding. */
const earlierIsBetter = 1e-8;

/**
 * Finds an agent for each ticket of a batch that is given in the order of its turns. Three rules, in this order:
 *   1. A more urgent class chooses before the next: no better total takes an agent from it.
 *   2. Within a class who came first is served first: a ticket is left waiting only when no way of seating it
 *      beside all those before it exists (augmenting paths: Kuhn 1955; a matroid, so the greedy set is the best).
 *   3. Among all ways of seating those, the one with the greatest sum of scores is taken (Jonker and Volgenant
 *      1987, in Crouse's rectangular form, doi 10.1109/TAES.2016.140952). An agent has one column a free slot, each
 *      dearer than the one before.
 * The order of `agents` changes nothing; equal totals give the earlier ticket the better agent, then go by name.
 * O(tickets × slots × tickets); a single ticket costs one look at each agent. Nothing given is changed.
 */
export function chooseAgents(tickets: readonly BatchTicket[], agents: readonly AvailableAgent[]): (Choice | null)[] {
  const free = agents
    .filter((a) => a.load < a.capacity)
    .map((a) => ({ ...a }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const choices: (Choice | null)[] = [];
  for (let from = 0; from < tickets.length; ) {
    let to = from + 1;
    while (to < tickets.length && tickets[to]!.priority === tickets[from]!.priority) to++;
    choices.push(...chooseForClass(tickets.slice(from, to), free));
    from = to;
  }
  return choices;
}

type FreeAgent = { -readonly [K in keyof AvailableAgent]: AvailableAgent[K] };

/** One class; takes the slots of what it chose. */
function chooseForClass(tickets: readonly BatchTicket[], agents: FreeAgent[]): (Choice | null)[] {
  if (tickets.length === 1) return [takeBest(tickets[0]!, agents)];
  const slots = agents.flatMap((agent) =>
    Array.from({ length: Math.min(Math.max(0, agent.capacity - agent.load), tickets.length) }, (_, nth) => ({
      agent,
      nth,
    })),
  );
  if (tickets.length * slots.length > mostCells) return tickets.map((ticket) => takeBest(ticket, agents));
  const seated = seatable(tickets, agents);
  const rows = tickets.filter((_, i) => seated[i]);
  const columns = rows.length === 0 ? [] : assign(rows, slots);
  let row = 0;
  const choices = tickets.map((ticket, i) => (seated[i] ? choiceOf(ticket, slots[columns[row++]!]!.agent) : null));
  for (const column of columns) slots[column]!.agent.load++;
  return choices;
}

function takeBest(ticket: BatchTicket, agents: FreeAgent[]): Choice | null {
  const best = chooseOne(ticket, agents);
  if (best === null) return null;
  best.load++;
  return choiceOf(ticket, best);
}

function choiceOf(ticket: BatchTicket, agent: AvailableAgent): Choice {
  return { agent: agent.name, affinity: queueOf(ticket) === triageQueue ? null : affinity(agent.skills, ticket) };
}

/** Which tickets can be seated beside all those before them that can. O(tickets × agents × slots taken). */
function seatable(tickets: readonly BatchTicket[], agents: readonly AvailableAgent[]): boolean[] {
  const able = tickets.map((t) => agents.flatMap((a, j) => (mayServe(a, t) ? [j] : [])));
  const holds = agents.map(() => [] as number[]);
  const seat = (ticket: number, tried: Set<number>): boolean => {
    for (const j of able[ticket]!) {
      if (tried.has(j)) continue;
      tried.add(j);
      const held = holds[j]!;
      if (held.length < agents[j]!.capacity - agents[j]!.load) {
        held.push(ticket);
        return true;
      }
      // Somebody sits there who may find another place.
      const moved = held.findIndex((other) => seat(other, tried));
      if (moved < 0) continue;
      held[moved] = ticket;
      return true;
    }
    return false;
  };
  return tickets.map((_, i) => seat(i, new Set()));
}

interface Slot {
  readonly agent: AvailableAgent;
  /** 0 for the first slot that is free. */
  readonly nth: number;
}

/** @returns the column of each row. All rows can be seated, so none gets a slot that it must not have. */
function assign(rows: readonly BatchTicket[], slots: readonly Slot[]): number[] {
  const gains = rows.map((ticket, i) => {
    const weight = 1 + earlierIsBetter * (rows.length - i);
    const gain = new Float64Array(slots.length).fill(never);
    let first = 0;
    // The slots of an agent stand side by side: whether and how well it fits is asked once for all of them.
    slots.forEach(({ agent, nth }, column) => {
      if (nth === 0) first = mayServe(agent, ticket) ? scoreOf(ticket, agent) : never;
      if (first !== never) gain[column] = (first - loadPenalty * (nth / agent.capacity)) * weight;
    });
    return gain;
  });
  return Array.from(linearSumAssignment(gains, { maximaze: true }).rowAssignments);
}
