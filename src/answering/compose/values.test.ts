import { expect, it } from 'vitest';
import { findValues } from './values.ts';

it.each([
  ['Das dauert 3 Tage.', 'duration'],
  ['It costs 4.90 €.', 'money'],
  ['Write to help@example.org.', 'email'],
] as const)('%s holds a %s', (text, kind) => {
  expect([...findValues(text)]).toContain(kind);
});

it('reads a text without blanks no longer than it must', () => {
  for (const letter of ['-', 'a', '1', 'İ']) expect(findValues(letter.repeat(60_000)).has('money')).toBe(false);
}, 5_000);
