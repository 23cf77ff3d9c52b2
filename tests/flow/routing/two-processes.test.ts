import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAgents, relieveAbsent, serveWaiting } from '../../../src/routing/index.ts';
import { createWorld, type World } from './world.ts';

/** Fifty at once from two processes: routing, taking, giving back, passing on, closing, leaving and coming back. */

const run = promisify(execFile);
const script = join(import.meta.dirname, '../../support/routing-process.ts');

let world: World;
beforeAll(async () => {
  world = await createWorld();
  for (const [i, name] of ['Ada', 'Ben', 'Cem', 'Dora'].entries())
    await world.agent(name, { Billing: 0.9 - i / 10, Technical: 0.2 * i, Legal: 0.5 }, { capacity: 3 + i });
  // A load above the capacity, even for one statement of one transaction, is an error of whoever wrote it.
  await sql`alter table routing.agents add constraint within_capacity check (load <= capacity)`.execute(
    world.database.db,
  );
});
afterAll(() => world.close());

describe('fifty things at once on two processes', () => {
  it('never exceed a capacity, never block one another, and keep the books', async () => {
    const { url } = world.database;
    const reports = await Promise.all(
      ['11', '23'].map(async (seed) => {
        const { stdout } = await run(process.execPath, [script, url, '25', '12', seed]);
        return JSON.parse(stdout) as { done: Record<string, number>; errors: string[] };
      }),
    );
    expect(reports.flatMap((r) => r.errors)).toEqual([]);
    const total: Record<string, number> = {};
    for (const { done } of reports) for (const [kind, n] of Object.entries(done)) total[kind] = (total[kind] ?? 0) + n;

    // Each kind took place, else this would say nothing.
    for (const kind of ['route', 'assign', 'next', 'release', 'reassign', 'close', 'leave', 'come', 'sweep'])
      expect(total[kind] ?? 0, kind).toBeGreaterThan(0);
    const { rows } = await sql<{ name: string; load: number; open: number; tickets: number }>`
      select a.name, a.load,
        (select count(*)::int from routing.assignments h where h.agent = a.name and h.freed_at is null) as open,
        (select count(*)::int from intake.tickets t where t.agent = a.name) as tickets
      from routing.agents a`.execute(world.database.db);
    for (const { name, load, open, tickets } of rows) expect([load, load], name).toEqual([open, tickets]);
  });

  it('leave nobody waiting, once all are back', async () => {
    await sql`update routing.agents set online = true, keeps = false`.execute(world.database.db);
    await world.run((trx, now) => relieveAbsent(trx, now));
    await world.run((trx, now) => serveWaiting(trx, now));
    const agents = await listAgents(world.database.db);
    const waiting = (await world.tickets()).filter((t) => t.assignment === 'waiting');
    const free = agents.filter((a) => a.load < a.capacity);
    const idle = waiting.filter((t) =>
      free.some((a) => t.released_by !== a.name && (a.skills[t.department ?? ''] ?? 0) > 0),
    );
    expect(idle).toEqual([]);
  });
});
