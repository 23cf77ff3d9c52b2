import { describe, expect, it } from 'vitest';
import type { LabelledTicket } from '../triage-model.ts';
import { groupTickets } from './near-twins.ts';

const base = [
  'please correct the invoice of last month because the amount is wrong',
  'bitte setzen Sie mein Passwort zurück damit ich mich wieder anmelden kann',
  'the monitor that arrived yesterday has a broken stand and a scratch',
];

function tickets(more: Partial<LabelledTicket> = {}): LabelledTicket[] {
  return Array.from({ length: 30 }, (_, i) => ({
    subject: '',
    body: `${['hello', 'hallo', 'dear team', 'guten Tag', 'hi'][i % 5]} ${base[i % 3]}`,
    category: ['a', 'b', 'c'][i % 3]!,
    ...more,
  }));
}

describe('groups of near-twins', () => {
  it('are found in both languages, and their leak through a random split is counted', async () => {
    const fractions: number[] = [];
    const { tickets: grouped, twins } = await groupTickets(tickets(), {
      given: false,
      folds: 5,
      seed: 1,
      onProgress: (fraction) => fractions.push(fraction),
    });
    expect(twins).toMatchObject({ groups: 3, largestGroup: 10, single: 0, groupsBy: 'near-twins' });
    expect(new Set(grouped.map(({ group, category }) => `${group} ${category}`)).size).toBe(3);
    expect(twins.leaks!.random).toMatchObject({ rows: 6, checked: 6, share: 1 });
    expect(twins.leaks!.byGroup.rows).toBe(0);
    expect(fractions.at(-1)).toBe(1);
  });

  it('given ones stay; a row without one stands alone; leaks through them are counted, too', async () => {
    const rows = tickets().map((ticket, i) => (i < 20 ? { ...ticket, group: `g${i % 10}` } : ticket));
    const { tickets: grouped, twins } = await groupTickets(rows, { given: true, folds: 5, seed: 1 });
    expect(twins).toMatchObject({ groups: 20, largestGroup: 2, single: 10, groupsBy: 'column' });
    expect(grouped[0]!.group).toBe('g0');
    expect(twins.leaks!.byGroup.share).toBe(1);
  });

  it('nothing is split in an evaluation', async () => {
    const { twins } = await groupTickets(tickets(), { given: false, folds: null, seed: 1 });
    expect(twins.leaks).toBeNull();
  });
});
