import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { appendToLedger, type Trx } from '../platform/index.ts';
import { SignalboxError } from '../ticket/index.ts';
import { placeTickets, system } from './assign-tickets.ts';
import { serveAgent, serveWaiting } from './free-slot.ts';
import { toAssign } from './hand-over.ts';
import { type Agent, type AgentSettings, listAgents, readAgent, removeAgent, upsertAgent } from './stores/agents.ts';
import { closeAssignments, lockHeldTickets } from './stores/assignments.ts';
import { lockForFreeing } from './stores/lock.ts';

interface Change {
  /** Name of the key, or of the agent, that asks for it. */
  readonly by: string;
  readonly now: Date;
}

/**
 * Creates an agent or changes one; free slots that this opens are filled from the queue. A capacity below
 * the load takes nothing away: nothing new comes until the load is below it. @returns the agent afterwards.
 */
export async function putAgent(trx: Trx, agent: AgentSettings, { by, now }: Change): Promise<Agent> {
  await lockForFreeing(trx);
  const { name, ...settings } = agent;
  await upsertAgent(trx, agent, now);
  await appendToLedger(trx, [
    { at: now, actor: by, action: 'agent-changed', subjectType: 'agent', subjectId: name, data: settings },
  ]);
  await serveAgent(trx, name, now);
  return (await readAgent(trx, name))!;
}

/**
 * Removes an agent. What it held goes to others who are free, else waits in the order of its arrival.
 * @returns how many tickets that were. @throws `not-found`
 */
export async function deleteAgent(trx: Trx, name: string, { by, now }: Change): Promise<{ requeued: number }> {
  const held = await lockHeldTickets(trx, name, lockForFreeing);
  if ((await readAgent(trx, name)) === null) {
    throw new SignalboxError('not-found', `There is no agent ${JSON.stringify(name)}. GET /agents lists them.`);
  }
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
