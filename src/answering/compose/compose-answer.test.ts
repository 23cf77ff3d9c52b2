import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerContext, Passage, Tone } from '../../ticket/index.ts';
import type { GivenFact } from '../answer-context.ts';
import { readManner } from '../personalise.ts';
import { starterPassages, starterTemplates } from '../starter-passages.ts';
import { composeAnswer } from './compose-answer.ts';
import type { Strategy } from './select-sentences.ts';

function compose(
  question: string,
  passages: Passage[],
  more: {
    strategy?: Strategy;
    form?: 'sie' | 'du';
    frustration?: boolean;
    tone?: Tone;
    customer?: CustomerContext;
    given?: GivenFact[];
  } = {},
) {
  const composed = composeAnswer(
    {
      subject: '',
      question,
      language: passages[0]?.language ?? 'en',
      category: 'Billing',
      passages,
      manner: readManner({
        customer: more.customer ?? null,
        tone: more.tone ?? null,
        signals: { frustration: more.frustration ?? false },
        category: 'Billing',
        message: question,
        given: more.given ?? [],
      }),
      strategy: more.strategy ?? 'focused',
    },
    { templates: starterTemplates, form: more.form ?? 'sie', disclosure: true },
  );
  return composed === null ? null : { ...composed.draft, defer: composed.defer };
}

const billing = { en: starterPassages('billing', 'en'), de: starterPassages('billing', 'de') };

describe('an answer made of passages', () => {
  it.each([
    ['en', 'How long does a refund to PayPal take?', 'A refund to PayPal takes up to 2 business days.'],
    ['de', 'Wie lange dauert eine Erstattung auf PayPal?', 'Eine Erstattung auf PayPal dauert bis zu 2 Werktage.'],
    ['en', 'What does a returned direct debit cost?', 'A returned SEPA direct debit costs €4.50.'],
    ['de', 'Was kostet eine zurückgegebene Lastschrift?', 'Eine zurückgegebene SEPA-Lastschrift kostet 4,50 €.'],
    ['en', 'Do you take American Express?', 'The accepted cards are Visa, Mastercard and American Express.'],
    ['de', 'Nehmt ihr Mastercard?', 'Akzeptiert werden die Karten Visa, Mastercard und American Express.'],
  ] as const)('holds the sentence that answers (%s): %s', (language, question, sentence) => {
    const draft = compose(question, billing[language])!;
    expect(draft.text).toContain(sentence);
    expect(draft.citations.map(({ quote }) => quote)).toContain(sentence);
    expect(draft.language).toBe(language);
  });

  it('answers each of several asks', () => {
    const draft = compose(
      'What VAT do customers in Germany pay, and how long does a refund to PayPal take?',
      billing.en,
    )!;
    expect(draft.text).toContain('19% VAT');
    expect(draft.text).toContain('2 business days');
    const german = compose(
      'Wie viel Umsatzsteuer zahlen Kunden in Deutschland? Und wie lange dauert eine Erstattung auf PayPal?',
      billing.de,
    )!;
    expect(german.text).toContain('19 % Umsatzsteuer');
    expect(german.text).toContain('bis zu 2 Werktage');
  });

  it('keeps the steps of a list together, numbered and in order', () => {
    const draft = compose('How do I return the Panel, do I have to print a return label?', billing.en)!;
    expect(draft.text).toMatch(
      /1\. Open Admin > Billing > Orders.*\n2\. Print the return label\. The label is valid for 14 days\.\n3\. Remove.*\n4\. Pack/s,
    );
    const german = compose('Muss ich für die Rückgabe des Panels ein Rücksendeetikett drucken?', billing.de)!;
    expect(german.text).toMatch(/1\. Öffnen Sie.*\n2\. Drucken Sie.*\n3\. Entfernen.*\n4\. Verpacken/s);
  });

  it('is nothing when nothing fits', () => {
    expect(compose('Wann fährt der nächste Zug nach Hamburg?', [])).toBeNull();
    expect(compose('Zebras?', billing.de)).toBeNull();
    expect(compose('Zebras?', billing.en)).toBeNull();
  });

  it('takes another way at the second attempt', () => {
    for (const [language, question] of [
      ['en', 'How long does a refund to PayPal take?'],
      ['de', 'Wie lange dauert eine Erstattung auf PayPal?'],
    ] as const) {
      const first = compose(question, billing[language], { strategy: 'focused' })!;
      const second = compose(question, billing[language], { strategy: 'passage' })!;
      expect(second.strategy).toBe('passage');
      expect(second.text).not.toBe(first.text);
      expect(new Set(second.citations.map(({ heading }) => heading)).size).toBe(1);
      expect(new Set(first.citations.map(({ heading }) => heading)).size).toBe(2);
    }
  });

  it('meets a frustrated customer with another tone, and addresses as the setting says', () => {
    expect(compose('How long does a refund take?', billing.en, { frustration: true })!.tone).toBe('empathetic');
    expect(compose('Wie lange dauert eine Erstattung?', billing.de, { form: 'du' })!.text).toContain('deine Nachricht');
    expect(compose('Wie lange dauert eine Erstattung?', billing.de)!.text).toContain('Ihre Nachricht');
  });

  it('tells the machine and names the source', () => {
    const draft = compose('Wie lange dauert eine Erstattung auf PayPal?', billing.de)!;
    expect(draft.text).toContain('Maschine');
    expect(draft.text).toContain('(Quelle: Abrechnung, Zahlung und Erstattung › Wie lange dauert eine Erstattung?)');
  });

  it('quotes nothing that is not in a passage, whatever is asked', () => {
    const words = 'refund invoice Panel €5 cancel Team how long when where ? and . 1. QH-1042 „ü“ | ** \n'.split(' ');
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...words), { maxLength: 15 }),
        fc.constantFrom('en' as const, 'de' as const),
        fc.constantFrom('focused' as const, 'passage' as const),
        (parts, language, strategy) => {
          const draft = compose(parts.join(' '), billing[language], { strategy });
          for (const { quote, heading } of draft?.citations ?? []) {
            expect(
              billing[language].some((passage) => passage.heading === heading && passage.text.includes(quote)),
            ).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
