import { expect, it } from 'vitest';
import { outcomeShares } from './outcome-shares.ts';

it('gives shares of what is known, apart from what is open', () => {
  const { groups, total } = outcomeShares([
    { key: 'Billing', kind: 'confirmed', n: 8 },
    { key: 'Billing', kind: 'reopened', n: 2 },
    { key: 'Billing', kind: null, n: 90 },
    { key: 'Account', kind: null, n: 3 },
  ]);
  expect(groups[0]).toMatchObject({
    key: 'Billing',
    known: 10,
    open: 90,
    outcomes: { confirmed: { n: 8, share: 0.8 } },
  });
  // Wilson (1927), 8 of 10: 0.490 to 0.943.
  expect(groups[0]!.outcomes.confirmed.low).toBeCloseTo(0.49, 2);
  expect(groups[0]!.outcomes.confirmed.high).toBeCloseTo(0.943, 2);
  expect(groups[1]).toMatchObject({
    known: 0,
    open: 3,
    outcomes: { confirmed: { n: 0, share: null, low: 0, high: 1 } },
  });
  expect(total).toMatchObject({ known: 10, open: 93, outcomes: { assumed: { n: 0, share: 0 } } });
});

it('has no group where there is nothing', () => {
  expect(outcomeShares([])).toMatchObject({ groups: [], total: { known: 0, open: 0 } });
});
