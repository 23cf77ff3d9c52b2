import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draft, Passage } from '../../ticket/index.ts';
import { starterPassages } from '../starter-passages.ts';
import { judgeAnswer } from './heuristic-judge.ts';
import { scoreQuote } from './score-quote.ts';

const passages = {
  en: [
    ...starterPassages('billing', 'en', /refund|Payment|VAT/),
    ...starterPassages('features', 'en', /cost|Users|signatures/),
  ],
  de: [
    ...starterPassages('billing', 'de', /Erstattung|Mahnung|Umsatzsteuer/),
    ...starterPassages('features', 'de', /kostet|Benutzer|Signaturen/),
  ],
};

function score(language: 'en' | 'de', question: string, quote: string) {
  const all = passages[language];
  const source = all.find((passage) => passage.text.includes(quote))!;
  return scoreQuote({ subject: '', question, language, quote, source, passages: all });
}

describe('the right document, the wrong fact', () => {
  it.each([
    [
      'en',
      'How long does a refund to PayPal take?',
      'A refund to PayPal takes up to 2 business days.',
      'A refund to a credit card takes 5 to 10 business days after the approval.',
    ],
    [
      'de',
      'Wie lange dauert eine Erstattung auf PayPal?',
      'Eine Erstattung auf PayPal dauert bis zu 2 Werktage.',
      'Eine Erstattung auf die Kreditkarte dauert nach der Genehmigung 5 bis 10 Werktage.',
    ],
    [
      'en',
      'What does Team cost per month?',
      'Team costs €8.90 per user per month.',
      'Starter costs €4.90 per user per month.',
    ],
    [
      'de',
      'Was kostet Team im Monat?',
      'Team kostet 8,90 € pro Benutzer und Monat.',
      'Starter kostet 4,90 € pro Benutzer und Monat.',
    ],
    [
      'en',
      'How many signature requests does Business include?',
      'Business includes 150 signature requests per month.',
      'Business includes 500 GB of storage per user.',
    ],
    [
      'de',
      'Wie viele Signaturanfragen enthält Business?',
      'Business enthält 150 Signaturanfragen pro Monat.',
      'Business enthält 500 GB Speicherplatz pro Benutzer.',
    ],
    [
      'en',
      'What VAT do customers in the United Kingdom pay?',
      'Customers in the United Kingdom pay 20% VAT.',
      'Customers in Germany pay 19% VAT.',
    ],
    [
      'de',
      'Wie viel Umsatzsteuer zahlen Kunden im Vereinigten Königreich?',
      'Kunden im Vereinigten Königreich zahlen 20 % Umsatzsteuer.',
      'Kunden in Deutschland zahlen 19 % Umsatzsteuer.',
    ],
  ] as const)('is told from the right one (%s): %s', (language, question, right, wrong) => {
    expect(score(language, question, right).score).toBeGreaterThanOrEqual(0.5);
    expect(score(language, question, wrong).score).toBeLessThan(0.5);
    expect(score(language, question, wrong).unansweredAsks).toEqual([question]);
  });
});

describe('a second ask in other words', () => {
  it.each([
    [
      'en',
      'How long does a refund to PayPal take? How many days till the reimbursed dosh lands?',
      'A refund to PayPal takes up to 2 business days.',
    ],
    [
      'de',
      'Wie lange dauert eine Erstattung auf PayPal? Wieviele Werktage bis die Kohle da ist?',
      'Eine Erstattung auf PayPal dauert bis zu 2 Werktage.',
    ],
  ] as const)('is answered though its heaviest word stands nowhere (%s)', (language, question, quote) => {
    expect(score(language, question, quote).unansweredAsks).toEqual([]);
    expect(score(language, question, quote).score).toBeGreaterThanOrEqual(0.5);
  });
});

const draftOf = (text: string, language: 'en' | 'de', quotes: readonly [Passage, string][] = []): Draft => ({
  method: 'ai',
  strategy: 'model-cited',
  tone: 'professional',
  language,
  text,
  citations: quotes.map(([passage, quote]) => ({ document: passage.document, heading: passage.heading, quote })),
  promptHash: '',
  model: 'm',
  tokens: null,
});

describe('a draft of any origin', () => {
  const judge = (language: 'en' | 'de', question: string, text: string) =>
    judgeAnswer({ subject: '', question, language, draft: draftOf(text, language), passages: passages[language] });

  it('passes when it retells what a passage says', () => {
    expect(
      judge('en', 'How long does a refund to PayPal take?', 'Hello, a refund to PayPal takes up to 2 business days.')
        .score,
    ).toBeGreaterThanOrEqual(0.5);
    expect(
      judge(
        'de',
        'Wie lange dauert eine Erstattung auf PayPal?',
        'Guten Tag, eine Erstattung auf PayPal dauert bis zu 2 Werktage.',
      ).score,
    ).toBeGreaterThanOrEqual(0.5);
  });

  it('does not pass with another number', () => {
    const english = judge(
      'en',
      'How long does a refund to PayPal take?',
      'A refund to PayPal takes up to 9 business days.',
    );
    expect(english.unsupportedClaims).toEqual(['A refund to PayPal takes up to 9 business days.']);
    expect(english.score).toBeLessThan(0.5);
    const german = judge(
      'de',
      'Wie lange dauert eine Erstattung auf PayPal?',
      'Eine Erstattung auf PayPal dauert bis zu 9 Werktage.',
    );
    expect(german.unsupportedClaims).toHaveLength(1);
    expect(german.score).toBeLessThan(0.5);
  });

  it('does not pass when one of two asks has no answer, and names it', () => {
    const english = judge(
      'en',
      'How long does a refund to PayPal take? Do you have a helicopter service?',
      'A refund to PayPal takes up to 2 business days.',
    );
    expect(english.unansweredAsks).toEqual(['Do you have a helicopter service?']);
    expect(english.score).toBeLessThan(0.5);
    const german = judge(
      'de',
      'Wie lange dauert eine Erstattung auf PayPal? Habt ihr einen Hubschrauberdienst?',
      'Eine Erstattung auf PayPal dauert bis zu 2 Werktage.',
    );
    expect(german.unansweredAsks).toEqual(['Habt ihr einen Hubschrauberdienst?']);
    expect(german.score).toBeLessThan(0.5);
  });

  it('does not pass when it says nothing', () => {
    expect(judge('en', 'How long does a refund take?', 'Thank you for your message.').score).toBe(0);
    expect(judge('de', 'Wie lange dauert eine Erstattung?', 'Danke für Ihre Nachricht.').score).toBe(0);
  });

  it('gets numbers from 0 to 1 for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.constantFrom('en' as const, 'de' as const),
        (question, text, language) => {
          const verdict = judge(language, question, text);
          for (const value of [
            verdict.score,
            verdict.accuracy,
            verdict.clarity,
            verdict.helpfulness,
            verdict.relevance,
          ]) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 80 },
    );
  });
});
