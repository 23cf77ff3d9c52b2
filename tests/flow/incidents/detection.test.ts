import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DuplicateDetection, forgetFingerprints } from '../../../src/triage/index.ts';
import { createIncidentWorld, type IncidentWorld, outage } from './world.ts';

let world: IncidentWorld;
let one: DuplicateDetection;
beforeAll(async () => {
  world = await createIncidentWorld();
});
beforeEach(async () => {
  await world.empty();
  one = world.newProcess();
});
afterAll(() => world.close());

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

describe('the count of customers', () => {
  it('opens no incident at nine, and one at ten, with all ten as members', async () => {
    const nine = await world.report(
      one,
      times(9, (at) => ({ at })),
    );
    expect(nine.every((r) => r.verdict?.incidentId === null && !r.held)).toBe(true);
    expect(await world.incidents()).toEqual([]);
    const [tenth] = await world.report(one, [{ at: 10 }]);
    expect(tenth).toMatchObject({ held: true, verdict: { isDuplicate: true, duplicateOf: nine[0]?.id } });
    expect(await world.incidents()).toMatchObject([{ id: tenth?.verdict?.incidentId, members: 10, status: 'open' }]);
    expect(await world.ledger('incident-opened')).toEqual([tenth?.verdict?.incidentId]);
  });

  it('counts nobody twice: twenty tickets of one customer are linked to the first, and no incident', async () => {
    const all = await world.report(
      one,
      times(20, (at) => ({ at, email: 'ada@example.com' })),
    );
    expect(all[0]?.verdict).toMatchObject({ isDuplicate: false, sameCustomer: false });
    for (const { verdict } of all.slice(1))
      expect(verdict).toMatchObject({
        isDuplicate: true,
        sameCustomer: true,
        duplicateOf: all[0]?.id,
        incidentId: null,
      });
    expect(await world.incidents()).toEqual([]);
  });

  it('counts within the window only', async () => {
    await world.report(
      one,
      times(9, (at) => ({ at })),
    );
    // The first nine are 301 seconds and more ago: nobody of them is in the window.
    const [late] = await world.report(one, [{ at: 310 }]);
    expect(late?.verdict).toMatchObject({ isDuplicate: false, duplicateOf: null, incidentId: null });
    const others = await world.report(
      one,
      times(9, (i) => ({ at: 311 + i })),
    );
    expect(others.at(-1)?.verdict).toMatchObject({ duplicateOf: late?.id });
    expect(await world.incidents()).toMatchObject([{ members: 10 }]);
  });

  it('of a trickle that never fills the window opens nothing', async () => {
    for (let at = 0; at < 30; at++) await world.report(one, [{ at: at * 40 }]);
    expect(await world.incidents()).toEqual([]);
  });

  it('lets later tickets join an open incident long after the window', async () => {
    await world.report(
      one,
      times(10, (at) => ({ at })),
    );
    const [late] = await world.report(one, [{ at: 7_200 }]);
    expect(late).toMatchObject({ held: true, verdict: { isDuplicate: true } });
    expect(await world.incidents()).toMatchObject([{ members: 11 }]);
    const [afterRestart] = await world.report(world.newProcess(), [{ at: 14_400 }]);
    expect(afterRestart?.verdict?.incidentId).toBe(late?.verdict?.incidentId);
  });

  it('leaves tickets about something else alone', async () => {
    await world.report(
      one,
      times(10, (at) => ({ at })),
    );
    const [other] = await world.report(one, [
      { at: 11, subject: 'Invoice address', body: 'Please put our new postal address on the invoice.' },
    ]);
    expect(other).toMatchObject({ held: false, verdict: { isDuplicate: false, incidentId: null } });
  });

  it('does not count who only greets', async () => {
    const hello = await world.report(
      one,
      times(12, (at) => ({ at, subject: 'Hello', body: 'Hello' })),
    );
    expect(hello.every((r) => r.verdict === null && !r.held)).toBe(true);
    expect(await world.incidents()).toEqual([]);
  });

  it('does not count what mail programs answer by themselves', async () => {
    const subjects = ['Automatic reply: Newsletter', 'Automatische Antwort: Newsletter'];
    for (const subject of subjects) {
      const absent = Array.from({ length: 12 }, (_, i) => ({
        subject,
        body: `I am out of the office until ${i + 1} May.`,
        email: `absent${i}@example.com`,
      }));
      const told = await world.report(world.newProcess(), absent);
      expect(told.map(({ verdict }) => verdict)).toEqual(Array(12).fill(null));
    }
    expect(await world.incidents()).toEqual([]);
  });

  it('takes the same in German and English', async () => {
    const german = {
      subject: 'Server ausgefallen',
      body: 'Der Produktionsserver ist ausgefallen, niemand kann arbeiten.',
    };
    await world.report(
      one,
      times(10, (at) => ({ at, ...(at % 2 === 0 ? german : outage) })),
    );
    expect(await world.incidents()).toMatchObject([{ members: 10 }]);
  });
});

describe('several processes', () => {
  it('count together: thirty at once are one incident with thirty members and one alert', async () => {
    const two = world.newProcess();
    const all = await Promise.all(
      times(30, (i) => world.report(i % 2 === 0 ? one : two, [{ at: i / 10, urgencyScore: 0.95 }])),
    );
    expect(await world.incidents()).toMatchObject([{ members: 30 }]);
    expect(await world.ledger('ticket-critical')).toHaveLength(1);
    expect(await world.ledger('incident-opened')).toHaveLength(1);
    expect(all.flat().filter((r) => r.held)).toHaveLength(21);
  });

  it('know after a restart what was reported before it', async () => {
    await world.report(
      one,
      times(9, (at) => ({ at })),
    );
    const [tenth] = await world.report(world.newProcess(), [{ at: 20 }]);
    expect(tenth?.verdict?.incidentId).toMatch(/^MI-[0-9A-Z]{8}$/);
  });
});

describe('a transaction that is rolled back', () => {
  it('leaves no ghost behind, here and in other processes', async () => {
    const ghosts = world.report(
      one,
      times(9, (at) => ({ at })),
      { fail: true },
    );
    await expect(ghosts).rejects.toThrow('nerve');
    for (const process of [one, world.newProcess()]) {
      const [alone] = await world.report(process, [{ at: 10, body: `${outage.body}`, email: 'same@example.com' }]);
      expect(alone?.verdict?.incidentId).toBeNull();
    }
    expect(await world.incidents()).toEqual([]);
    const [next] = await world.report(one, [{ at: 11 }]);
    expect(next?.verdict?.isDuplicate).toBe(true);
  });

  it('at the moment of the tenth leaves the incident to the next one', async () => {
    await world.report(
      one,
      times(9, (at) => ({ at })),
    );
    await expect(world.report(one, [{ at: 10 }], { fail: true })).rejects.toThrow('nerve');
    expect(await world.incidents()).toEqual([]);
    await world.report(one, [{ at: 11 }]);
    expect(await world.incidents()).toMatchObject([{ members: 10 }]);
  });
});

describe('alerts', () => {
  it('are given for each critical problem, once within the window', async () => {
    const critical = { urgencyScore: 0.81 };
    const first = await world.report(one, [{ at: 0, ...critical }]);
    await world.report(one, [{ at: 1, ...critical }]);
    const other = await world.report(one, [
      {
        at: 2,
        ...critical,
        subject: 'Data leak',
        body: 'Somebody published the addresses of our customers on the internet.',
      },
    ]);
    await world.report(one, [
      { at: 3, urgencyScore: 0.8, subject: 'Panel', body: 'The colour of the panel is wrong.' },
    ]);
    expect(await world.ledger('ticket-critical')).toEqual([first[0]?.id, other[0]?.id]);
  });
});

describe('what tickets were compared by', () => {
  it('is forgotten when it is old, but for members of incidents', async () => {
    await world.report(
      one,
      times(10, (at) => ({ at })),
    );
    await world.report(one, [{ at: 20, subject: 'Invoice address', body: 'Please put our new postal address on it.' }]);
    const { db } = world.database;
    expect(await forgetFingerprints(db, new Date(0), 100)).toBe(0);
    expect(await forgetFingerprints(db, new Date('2030-01-01'), 100)).toBe(1);
    const [late] = await world.report(world.newProcess(), [{ at: 7_200 }]);
    expect(late?.held).toBe(true);
  });
});

describe('a reader that fails', () => {
  it('costs no ticket: it is stored without a verdict', async () => {
    const broken = world.newProcess({}, { version: 'broken', read: () => Promise.reject(new Error('no model')) });
    const [stored] = await world.report(broken, [{}]);
    expect(stored).toMatchObject({ verdict: null, held: false });
    const [next] = await world.report(one, [{ at: 1 }]);
    expect(next?.verdict).toMatchObject({ isDuplicate: false });
  });
});
