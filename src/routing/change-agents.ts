import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { appendToLedger, type Trx } from '../platform/index.ts';
import { SignalboxError } from '../ticket/index.ts';
import { placeTickets, system } from './assign-tickets.ts';
import { serveAgent, serveWaiting } from './free-slot.ts';
import { toAssign } from './hand-over.ts';
import {
  type Agent,
  type AgentSettings,
  findAbsent,
  listAgents,
  readAgent,
  removeAgent,
  upsertAgent,
} from './stores/agents.ts';
import { closeAssignments, lockHeldTickets, type RoutedTicket } from './stores/assignments.ts';
import { lockForFreeing } from './stores/lock.ts';

interface Change {
  /** Name of the key, or of the agent, that asks for it. */
  readonly by: string;
  readonly now: Date;
}

/**
 * Creates an agent or changes one; free slots that this opens are filled from the queue. A capacity below
 * the load takes nothing away: nothing new comes until the load is below it. Who goes offline gives away what
 * needs somebody now, unless it keeps it (`relieve`). @returns the agent afterwards.
 */
export async function putAgent(trx: Trx, agent: AgentSettings, change: Change): Promise<Agent> {
  return changeAgent(trx, { name: agent.name, mayLeave: !agent.online, decide: () => agent }, change);
}

export type AgentPatch = { readonly [K in keyof Omit<AgentSettings, 'name'>]?: AgentSettings[K] | undefined };

/** Changes some settings of an agent and leaves the rest. @throws `not-found` */
export async function patchAgent(trx: Trx, name: string, patch: AgentPatch, change: Change): Promise<Agent> {
  const decide = (before: Agent | null): AgentSettings => {
    if (before === null) throw noAgent(name);
    const { load: _, ...settings } = before;
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const after = { ...settings, ...given };
    // Who comes back has nothing to keep from others any more.
    return after.online ? { ...after, keeps: false } : after;
  };
  return changeAgent(trx, { name, mayLeave: patch.online !== true, decide }, change);
}

interface Wanted {
  readonly name: string;
  /** Whether it may be offline afterwards: then what it holds is locked first (stores/lock.ts). */
  readonly mayLeave: boolean;
  readonly decide: (before: Agent | null) => AgentSettings;
}

async function changeAgent(trx: Trx, { name, mayLeave, decide }: Wanted, { by, now }: Change): Promise<Agent> {
  const held = mayLeave ? await lockHeldTickets(trx, name, lockForFreeing) : [];
  if (!mayLeave) await lockForFreeing(trx);
  const after = decide(await readAgent(trx, name));
  await upsertAgent(trx, after, now);
  const { name: _, ...data } = after;
  const entry = { at: now, actor: by, action: 'agent-changed', subjectType: 'agent', subjectId: name, data };
  await appendToLedger(trx, [entry]);
  if (after.online) await serveAgent(trx, name, now);
  else if (after.keeps !== true) await giveAway(trx, held.filter(needsSomebody), { by, now });
  return (await readAgent(trx, name))!;
}

/**
 * What waits for its customer stays with who knows it: nothing is to be done, and the agent may be back before the
 * customer is. When the customer writes it is new again, and the sweep (`relieveAbsent`) gives it to somebody else.
 * What a run has in hand is moved when that is done.
 */
const needsSomebody = ({ status }: RoutedTicket) => status === 'new' || status === 'awaiting_review';

/** Tickets, locked by the caller, go to others who are free, else wait in the order of their arrival. */
async function giveAway(trx: Trx, tickets: readonly RoutedTicket[], { by, now }: Change): Promise<void> {
  if (tickets.length === 0) return;
  await closeAssignments(
    trx,
    tickets.map((t) => t.id),
    { by, now },
  );
  await placeTickets(trx, { tickets: tickets.map(toAssign), earlier: new Map(), now });
  // A ticket that was given back while we waited for its row was hidden from whoever became free meanwhile.
  await serveWaiting(trx, now);
}

/**
 * What an agent holds who went offline without keeping it, and what needs somebody by now. One agent a call: its
 * tickets are locked before routing is. Run it every few seconds, again while it moved some; it looks first and
 * locks only where there is something. @returns how many it moved.
 */
export async function relieveAbsent(trx: Trx, now: Date): Promise<number> {
  const name = await findAbsent(trx);
  if (name === null) return 0;
  const held = (await lockHeldTickets(trx, name, lockForFreeing)).filter(needsSomebody);
  const agent = await readAgent(trx, name);
  if (agent === null || agent.online || agent.keeps === true) return 0;
  await giveAway(trx, held, { by: system, now });
  return held.length;
}

const noAgent = (name: string) =>
  new SignalboxError('not-found', `There is no agent ${JSON.stringify(name)}. GET /agents lists them.`);

/**
 * Removes an agent. What it held goes to others who are free, else waits in the order of its arrival.
 * @returns how many tickets that were. @throws `not-found`
 */
export async function deleteAgent(trx: Trx, name: string, { by, now }: Change): Promise<{ requeued: number }> {
  const held = await lockHeldTickets(trx, name, lockForFreeing);
  if ((await readAgent(trx, name)) === null) throw noAgent(name);
  await closeAssignments(
    trx,
    held.map((t) => t.id),
    { by, now },
  );
  await removeAgent(trx, name);
  await appendToLedger(trx, [
    {
      at: now,
      actor: by,
      action: 'agent-removed',
      subjectType: 'agent',
      subjectId: name,
      data: { requeued: held.length },
    },
  ]);
  await placeTickets(trx, { tickets: held.map(toAssign), earlier: new Map(), now });
  // A ticket that was given back while we waited for its row was hidden from whoever became free meanwhile.
  await serveWaiting(trx, now);
  return { requeued: held.length };
}

const agentsFile = z.array(
  z.object({
    name: z.string().min(1).max(100),
    skills: z.record(z.string(), z.number().min(0).max(1)),
    capacity: z.int().min(0).max(1000),
    online: z.boolean().default(true),
  }),
);

/**
 * Puts the agents of a JSON file in place when there are none at all. @returns how many.
 * @throws `file-unreadable`
 */
export async function seedAgents(trx: Trx, file: string, now: Date): Promise<number> {
  if ((await listAgents(trx)).length > 0) return 0;
  const agents = readAgentsFile(file);
  await lockForFreeing(trx);
  // Another process may have been first.
  if ((await listAgents(trx)).length > 0) return 0;
  for (const agent of agents) await putAgent(trx, agent, { by: system, now });
  return agents.length;
}

function readAgentsFile(file: string): AgentSettings[] {
  try {
    return agentsFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new SignalboxError(
      'file-unreadable',
      `The agents in ${file} cannot be read. It must be a JSON list of {name, skills, capacity}.`,
      { cause },
    );
  }
}
