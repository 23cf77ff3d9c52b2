import { expect, it } from 'vitest';
import { stageOf } from './customer-context.ts';

const standing = { tickets: 3, rating: null, lastRating: null, reopened: 0 };

it.each([
  ['new', { tickets: 1 }, 0],
  ['new', { tickets: 0 }, 1],
  ['active', {}, 1],
  ['active', { tickets: 5 }, 0],
  ['active', { tickets: 9, rating: 3.9, lastRating: 4 }, 0],
  ['loyal', { tickets: 5, rating: 4, lastRating: 5 }, 0],
  ['at_risk', { tickets: 5, rating: 4.5, lastRating: 2 }, 0],
  ['at_risk', { tickets: 1 }, 2],
  ['at_risk', { tickets: 8, rating: 5, lastRating: 5, reopened: 1 }, 0],
] as const)('%s: %o with %i frustrated messages', (stage, more, frustrations) => {
  expect(stageOf({ ...standing, ...more }, frustrations)).toBe(stage);
});
