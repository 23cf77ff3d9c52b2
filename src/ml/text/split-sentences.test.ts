import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitSentences } from './split-sentences.ts';

const texts = (text: string) => splitSentences(text).map((s) => s.text);

describe('splitSentences', () => {
  it.each([
    ['Das gilt z. B. für Vereine. Mehr steht unten.', ['Das gilt z. B. für Vereine.', 'Mehr steht unten.']],
    ['Siehe Nr. 5 und Abs. 2. Danach weiter.', ['Siehe Nr. 5 und Abs. 2.', 'Danach weiter.']],
    ['Am 3. Mai um 8 Uhr. Nicht früher.', ['Am 3. Mai um 8 Uhr.', 'Nicht früher.']],
    ['Es kostet 1.000 €. Oder 9,90 €.', ['Es kostet 1.000 €.', 'Oder 9,90 €.']],
    ['Use a plan, e.g. Team. It is fine.', ['Use a plan, e.g. Team.', 'It is fine.']],
    ['Dr. Sollner answers. Write to her.', ['Dr. Sollner answers.', 'Write to her.']],
    [
      'Version 5.4 is current. Ask support@a.example. Thanks!',
      ['Version 5.4 is current.', 'Ask support@a.example.', 'Thanks!'],
    ],
    ['„Passt das?“ Ja.', ['„Passt das?“', 'Ja.']],
    ['Wait 30. That is all.', ['Wait 30.', 'That is all.']],
    ['Really?! Yes… no', ['Really?!', 'Yes… no']],
  ])('splits %j', (text, sentences) => {
    expect(texts(text)).toEqual(sentences);
  });

  it('keeps list items, table rows and code lines apart and drops the rule of a table', () => {
    const text =
      'Do this:\n\n1. Open the app. Wait.\n2. Close it\n   again.\n\n| A | B |\n|---|---|\n| x. y | z |\n\n```\na. B\n```';
    expect(splitSentences(text).map((s) => `${s.kind}: ${s.text}`)).toEqual([
      'sentence: Do this:',
      'item: Open the app.',
      'item: Wait.',
      'item: Close it\n   again.',
      'row: | A | B |',
      'row: | x. y | z |',
      'code: a. B',
    ]);
  });

  it('names places that hold exactly the text, in order and apart, for any text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('. ', 'z. B. ', '\n', '\n\n', '- ', '| a |', 'Nr. 5. ', '?! '),
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((p) => p.join('')),
        (text) => {
          let end = 0;
          for (const sentence of splitSentences(text)) {
            expect(text.slice(sentence.start, sentence.end)).toBe(sentence.text);
            expect(sentence.start).toBeGreaterThanOrEqual(end);
            expect(sentence.text.trim()).toBe(sentence.text);
            end = sentence.end;
          }
        },
      ),
    );
  });

  it('takes linear time for a run of marks that ends no sentence', () => {
    for (const marks of ['.', '!', '."', '…']) expect(splitSentences(`${marks.repeat(100_000)}x`)).toHaveLength(1);
  }, 5_000);
});
