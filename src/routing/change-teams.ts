import { appendToLedger, type Trx } from '../platform/index.ts';
import { SignalboxError } from '../ticket/index.ts';
import { serveWaiting } from './free-slot.ts';
import { lockForFreeing } from './stores/lock.ts';
import { namesWithoutAgent, removeTeam, upsertTeam } from './stores/teams.ts';
import type { Team } from './teams.ts';

interface Change {
  readonly by: string;
  readonly now: Date;
}

/**
 * Creates a team or changes one. What members hold stays with them; who may now serve waiting tickets gets them.
 * @throws `invalid-fields` for members that are no agents: their tickets would wait for nobody
 */
export async function putTeam(trx: Trx, team: Team, { by, now }: Change): Promise<Team> {
  // Nobody is assigning by the old rule while it changes.
  await lockForFreeing(trx);
  await refuseStrangers(trx, team);
  await upsertTeam(trx, team, now);
  const { name, ...data } = team;
  await appendToLedger(trx, [
    { at: now, actor: by, action: 'team-changed', subjectType: 'team', subjectId: name, data },
  ]);
  await serveWaiting(trx, now);
  return team;
}

async function refuseStrangers(trx: Trx, { members }: Team): Promise<void> {
  const strangers = await namesWithoutAgent(trx, members);
  if (strangers.length === 0) return;
  throw new SignalboxError('invalid-fields', `No agent is called ${strangers.join(', ')}. GET /agents lists them.`, {
    fields: strangers.map((name) => ({
      path: `members[${members.indexOf(name)}]`,
      message: 'is the name of no agent',
    })),
  });
}

/** What the team served is anybody's again. @throws `not-found` */
export async function deleteTeam(trx: Trx, name: string, { by, now }: Change): Promise<void> {
  await lockForFreeing(trx);
  if (!(await removeTeam(trx, name)))
    throw new SignalboxError('not-found', `There is no team ${JSON.stringify(name)}. GET /teams lists them.`);
  await appendToLedger(trx, [{ at: now, actor: by, action: 'team-removed', subjectType: 'team', subjectId: name }]);
  await serveWaiting(trx, now);
}
