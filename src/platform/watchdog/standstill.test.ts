import { expect, it } from 'vitest';
import { createStandstill } from './standstill.ts';

it('is told after so many looks in a row without a move, whatever the clock says', () => {
  const standstill = createStandstill(2, 'it hangs');
  standstill.check();
  standstill.check();
  standstill.moved();
  standstill.check();
  standstill.check();
  expect(() => standstill.check()).toThrow('it hangs');
});
