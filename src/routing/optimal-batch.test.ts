import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BatchTicket, chooseAgents } from './optimal-batch.ts';
import { type AvailableAgent, type Choice, chooseOne, mayServe, scoreOf } from './skill-matching.ts';

const departments = ['Billing', 'Technical', 'Legal'] as const;
const skill = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true }));
const anyAgents = (most: number): fc.Arbitrary<AvailableAgent[]> =>
  fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('Ada', 'Ben', 'Cem', 'Ömer', 'Zoë', 'agent_10', 'agent_2'),
      skills: fc.record({ Billing: skill, Technical: skill, Legal: skill }, { requiredKeys: [] }),
      capacity: fc.nat(3),
      load: fc.nat(2),
    }),
    { selector: (a) => a.name, maxLength: most, size: 'max' },
  );
const anyTickets = (most: number): fc.Arbitrary<BatchTicket[]> =>
  fc.array(
    fc
      .record({
        department: fc.constantFrom(...departments),
        abstained: fc.constantFrom(false, false, false, true),
        excludeAgent: fc.option(fc.constantFrom('Ada', 'Ben'), { nil: undefined }),
        prefer: fc.option(fc.constantFrom('Ada', 'Cem'), { nil: undefined }),
        only: fc.option(fc.constantFrom(new Set(['Ada', 'Zoë']), new Set(['Ben'])), { nil: undefined }),
        other: fc.option(fc.constantFrom(...departments), { nil: undefined }),
      })
      .map(({ other, ...ticket }) => ({
        ...ticket,
        category: ticket.department,
        needs:
          other === undefined
            ? undefined
            : [
                { category: ticket.department, department: ticket.department, probability: 0.6 },
                { category: other, department: other, probability: 0.4 },
              ],
      })),
    { maxLength: most, size: 'max' },
  );

const name = (choices: readonly (Choice | null)[]) => choices.map((c) => c?.agent ?? null);

/** The sum of scores of a way of giving tickets away, with the loads as they grow; null for a way that may not be. */
function totalOf(
  tickets: readonly BatchTicket[],
  agents: readonly AvailableAgent[],
  given: readonly (string | null)[],
): number | null {
  const before = new Map<string, number>();
  let total = 0;
  for (const [i, who] of given.entries()) {
    if (who === null) continue;
    const agent = agents.find((a) => a.name === who)!;
    const nth = before.get(who) ?? 0;
    if (agent.load + nth >= agent.capacity || !mayServe(agent, tickets[i]!)) return null;
    total += scoreOf(tickets[i]!, agent, nth);
    before.set(who, nth + 1);
  }
  return total;
}

/** The best by looking at every way there is: who came first is served first, then the greatest sum. */
function bruteForce(tickets: readonly BatchTicket[], agents: readonly AvailableAgent[]) {
  let best = { served: '', total: Number.NEGATIVE_INFINITY };
  const visit = (given: (string | null)[]): void => {
    if (given.length === tickets.length) {
      const total = totalOf(tickets, agents, given);
      const served = given.map((g) => (g === null ? '0' : '1')).join('');
      if (total !== null && (served > best.served || (served === best.served && total > best.total)))
        best = { served, total };
      return;
    }
    for (const who of [null, ...agents.map((a) => a.name)]) visit([...given, who]);
  };
  visit([]);
  return best;
}

/** Each takes the best that is left: what there was before. */
function greedy(tickets: readonly BatchTicket[], agents: readonly AvailableAgent[]): (string | null)[] {
  const left = agents.map((a) => ({ ...a })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return tickets.map((ticket) => {
    const best = chooseOne(ticket, left);
    if (best !== null) best.load++;
    return best?.name ?? null;
  });
}

describe('a batch of one priority', () => {
  it('is what a look at every possible way finds', () => {
    fc.assert(
      fc.property(anyTickets(5), anyAgents(4), (tickets, agents) => {
        const chosen = name(chooseAgents(tickets, agents));
        const best = bruteForce(tickets, agents);
        expect(chosen.map((c) => (c === null ? '0' : '1')).join('')).toBe(best.served);
        if (tickets.length > 0) expect(totalOf(tickets, agents, chosen)).toBeCloseTo(best.total, 5);
      }),
      { numRuns: 300 },
    );
  });

  it('serves at least as many as one by one would, and as well where it serves the same', () => {
    let better = 0;
    fc.assert(
      fc.property(anyTickets(14), anyAgents(7), (asked, given) => {
        // Neither teams nor full agents: there is something to choose from.
        const tickets = asked.map(({ department, category, abstained }) => ({ department, category, abstained }));
        const agents = given.map((a) => ({ ...a, capacity: 1 + a.capacity, load: 0 }));
        const chosen = name(chooseAgents(tickets, agents));
        const before = greedy(tickets, agents);
        const total = totalOf(tickets, agents, chosen)!;
        expect(total).not.toBeNull();
        const count = (given: (string | null)[]) => given.filter((g) => g !== null).length;
        expect(count(chosen)).toBeGreaterThanOrEqual(count(before));
        const same = chosen.every((c, i) => (c === null) === (before[i] === null));
        const totalBefore = totalOf(tickets, agents, before)!;
        if (same) expect(total).toBeGreaterThanOrEqual(totalBefore - 1e-6);
        if (!same || total > totalBefore + 1e-6) better++;
      }),
      { numRuns: 300, seed: 20_261 },
    );
    // With none, nothing would be gained by looking at the whole.
    expect(better).toBeGreaterThan(30);
  });

  it('changes nothing given and does not depend on the order of the agents', () => {
    fc.assert(
      fc.property(anyTickets(10), anyAgents(6), (tickets, agents) => {
        const before = structuredClone(agents);
        const chosen = chooseAgents(tickets, agents);
        expect(agents).toEqual(before);
        expect(chooseAgents(tickets, agents.toReversed())).toEqual(chosen);
      }),
    );
  });

  it('sends the one whom only the specialist can help to the specialist', () => {
    const agents = [
      { name: 'Ada', skills: { Billing: 0.9, Legal: 0.8 }, capacity: 1, load: 0 },
      { name: 'Ben', skills: { Billing: 0.7 }, capacity: 1, load: 0 },
    ];
    const billing = { category: 'Billing', department: 'Billing' as const, abstained: false };
    const legal = { category: 'Legal', department: 'Legal' as const, abstained: false };
    expect(name(chooseAgents([billing, legal], agents))).toEqual(['Ben', 'Ada']);
    expect(greedy([billing, legal], agents)).toEqual(['Ada', null]);
  });
});

describe('several priorities', () => {
  it('never cost an urgent ticket its agent, whatever the total', () => {
    const agents = [
      { name: 'Ada', skills: { Billing: 0.9, Legal: 0.8 }, capacity: 1, load: 0 },
      { name: 'Ben', skills: { Billing: 0.7 }, capacity: 1, load: 0 },
    ];
    const urgent = { category: 'Billing', department: 'Billing', abstained: false, priority: 'high' } as const;
    const legal = { category: 'Legal', department: 'Legal', abstained: false, priority: 'low' } as const;
    expect(name(chooseAgents([urgent, legal], agents))).toEqual(['Ada', null]);
    fc.assert(
      fc.property(anyTickets(6), anyTickets(6), anyAgents(6), (high, low, given) => {
        const mark = (tickets: BatchTicket[], priority: 'high' | 'low') => tickets.map((t) => ({ ...t, priority }));
        const together = chooseAgents([...mark(high, 'high'), ...mark(low, 'low')], given);
        expect(together.slice(0, high.length)).toEqual(chooseAgents(mark(high, 'high'), given));
      }),
    );
  });
});

describe('a batch beyond what is assigned optimally', () => {
  it('is still within capacity and skill', () => {
    const agents = Array.from({ length: 30 }, (_, i) => ({
      name: `agent_${i}`,
      skills: { Billing: (i % 10) / 10 },
      capacity: 100,
      load: 0,
    }));
    const tickets = Array.from({ length: 60 }, () => ({
      category: 'Billing',
      department: 'Billing' as const,
      abstained: false,
    }));
    const chosen = name(chooseAgents(tickets, agents));
    expect(totalOf(tickets, agents, chosen)).not.toBeNull();
    expect(chosen).not.toContain(null);
    expect(chosen).not.toContain('agent_0');
  });
});
