import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseAgents } from './optimal-batch.ts';
import {
  type AvailableAgent,
  affinity,
  type MatchableTicket,
  queueOf,
  servedNames,
  utilisation,
} from './skill-matching.ts';

const billing: MatchableTicket = { category: 'Refund', department: 'Billing', abstained: false };
const agent = (name: string, skills: Record<string, number>, capacity = 5, load = 0): AvailableAgent => ({
  name,
  skills,
  capacity,
  load,
});

const anySkills = fc.dictionary(
  fc.constantFrom('Refund', 'Billing', 'Technical', 'Bug', 'Legal'),
  fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })),
);
const anyTicket: fc.Arbitrary<MatchableTicket> = fc.record({
  category: fc.constantFrom('Refund', 'Billing', 'Bug', 'Legal', null),
  department: fc.constantFrom('Billing', 'Technical', 'Legal', null),
  abstained: fc.boolean(),
});
const anyAgents = fc
  .uniqueArray(fc.constantFrom('Ada', 'Ben', 'Ömer', 'Zoë', 'agent_10', 'agent_2'), { maxLength: 6 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc.record({
          name: fc.constant(name),
          skills: anySkills,
          capacity: fc.nat(3),
          load: fc.nat(3),
        }),
      ),
    ),
  );

describe('affinity', () => {
  it('takes the value of the category before that of the department', () => {
    expect(affinity({ Refund: 0.3, Billing: 0.9 }, billing)).toBe(0.3);
    expect(affinity({ Billing: 0.9 }, billing)).toBe(0.9);
    expect(affinity({ Refund: 0, Billing: 0.9 }, billing)).toBe(0);
    expect(affinity({ Technical: 1 }, billing)).toBe(0);
  });

  it('knows no skill that only looks like one', () => {
    expect(affinity({}, { category: 'constructor', department: null })).toBe(0);
    expect(affinity({ Billing: Number.NaN }, billing)).toBe(0);
    expect(affinity({ Billing: 7 }, billing)).toBe(1);
  });

  it('agrees with its form as lists of names', () => {
    fc.assert(
      fc.property(anySkills, anyTicket, (skills, ticket) => {
        const { served, refused } = servedNames(skills);
        const { category, department } = ticket;
        const listed =
          (category !== null && served.includes(category)) ||
          (department !== null && served.includes(department) && !(category !== null && refused.includes(category)));
        expect(listed).toBe(affinity(skills, ticket) > 0);
      }),
    );
  });
});

describe('the queue of a ticket', () => {
  it('is its department, or triage when nothing trustworthy is known', () => {
    expect(queueOf(billing)).toBe('Billing');
    expect(queueOf({ ...billing, abstained: true })).toBe('triage');
    expect(queueOf({ category: null, department: null, abstained: false })).toBe('triage');
  });
});

describe('utilisation', () => {
  it('counts an agent without capacity as full', () => {
    expect(utilisation({ load: 2, capacity: 5 })).toBe(0.4);
    expect(utilisation({ load: 0, capacity: 0 })).toBe(1);
  });
});

describe('choosing agents', () => {
  it('prefers skill, and lets load outweigh a small difference', () => {
    const agents = [agent('Ada', { Billing: 0.8 }, 2), agent('Ben', { Billing: 0.7 }, 2)];
    const chosen = chooseAgents([billing, billing, billing, billing, billing], agents);
    expect(chosen.map((c) => c?.agent ?? null)).toEqual(['Ada', 'Ben', 'Ada', 'Ben', null]);
    expect(chosen[0]?.affinity).toBe(0.8);
  });

  it('decides equal scores by name, whatever the order of the list', () => {
    const agents = [agent('Zoë', { Billing: 0.5 }), agent('Ada', { Billing: 0.9 }, 5, 4)];
    expect(chooseAgents([billing], agents)[0]?.agent).toBe('Ada');
    expect(chooseAgents([billing], agents.toReversed())[0]?.agent).toBe('Ada');
  });

  it('gives an abstained ticket to whoever has most room', () => {
    const agents = [agent('Ada', { Billing: 1 }, 5, 1), agent('Ben', {})];
    expect(chooseAgents([{ ...billing, abstained: true }], agents)).toEqual([{ agent: 'Ben', affinity: null }]);
  });

  it('keeps to skill, capacity and exclusion, finds somebody when there is one, and changes nothing given', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ ticket: anyTicket, exclude: fc.option(fc.constantFrom('Ada', 'Ben', 'Ömer')) }), {
          maxLength: 12,
        }),
        anyAgents,
        (asked, agents) => {
          const tickets = asked.map((a) => ({ ...a.ticket, excludeAgent: a.exclude ?? undefined }));
          const before = structuredClone(agents);
          const chosen = chooseAgents(tickets, agents);
          expect(agents).toEqual(before);
          expect(chooseAgents(tickets, agents.toReversed())).toEqual(chosen);
          const load = new Map<string, number>(agents.map((a) => [a.name, a.load]));
          const canTake = (a: AvailableAgent, t: (typeof tickets)[number]) =>
            load.get(a.name)! < a.capacity &&
            a.name !== t.excludeAgent &&
            (queueOf(t) === 'triage' || affinity(a.skills, t) > 0);
          tickets.forEach((ticket, i) => {
            const able: string[] = agents.filter((a) => canTake(a, ticket)).map((a) => a.name);
            const name = chosen[i]?.agent;
            if (able.length === 0) expect(name).toBeUndefined();
            else expect(able).toContain(name);
            if (name !== undefined) load.set(name, load.get(name)! + 1);
          });
        },
      ),
    );
  });
});
