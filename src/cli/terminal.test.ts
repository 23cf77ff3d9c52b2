import { expect, it } from 'vitest';
import { withoutControls } from './terminal.ts';

it('words that quote a file cannot move the cursor or change colours', () => {
  expect(withoutControls('a\u001b[2Jb\u0007\r\u009b1m\n\tc ü 😀')).toBe('a[2Jb1m\n\tc ü 😀');
});
