import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subjectOf, subjectOfBurst } from './subject-of-message.ts';

describe('subjectOfBurst', () => {
  it.each([
    ['Hallo\n\nWo finde ich meine Rechnungen?\n\nDanke schon mal', 'Wo finde ich meine Rechnungen?'],
    ['Hi?\n\nWhere do I find my invoices?', 'Where do I find my invoices?'],
    ['Hello\n\nmy printer is broken since Monday\n\nthx', 'my printer is broken since Monday'],
    ['Where do I find my invoices?', 'Where do I find my invoices?'],
  ])('%j', (text, subject) => expect(subjectOfBurst(text)).toBe(subject));

  it('of one message is what it always was', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((t) => t.trim() === t && !/\n\s*\n/.test(t)),
        (text) => {
          expect(subjectOfBurst(text)).toBe(subjectOf(text));
        },
      ),
    );
  });
});
