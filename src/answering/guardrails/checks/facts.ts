import type { Passage } from '../../../ticket/index.ts';
import type { AfterDraftFacts, BeforeDraftFacts } from '../check.ts';

/** For tests: facts with which every check passes, in English or German. */
const words = {
  en: {
    subject: 'Refund',
    message: 'How long does a refund to PayPal take?',
    text: 'A refund to PayPal takes up to 2 business days. It is never paid out in cash.',
    heading: 'Billing › Refunds',
  },
  de: {
    subject: 'Erstattung',
    message: 'Wie lange dauert eine Erstattung auf PayPal?',
    text: 'Eine Erstattung auf PayPal dauert bis zu 2 Werktage. Sie wird nie bar ausgezahlt.',
    heading: 'Abrechnung › Erstattungen',
  },
} as const;

export const passageOf = (language: 'en' | 'de', text: string = words[language].text): Passage => ({
  chunkId: '1',
  documentId: 'billing',
  document: 'Billing',
  heading: words[language].heading,
  text,
  position: 0,
  language,
  category: 'Refund',
  score: 0.9,
});

export function factsOf(language: 'en' | 'de', text: string, more: Partial<AfterDraftFacts> = {}): AfterDraftFacts {
  const { subject, message } = words[language];
  return {
    draft: { text, language, citations: [] },
    judge: null,
    subject,
    message,
    language,
    passages: [passageOf(language)],
    customer: null,
    ...more,
  };
}

export const calm: BeforeDraftFacts = {
  triage: {
    confidence: 0.9,
    abstained: false,
    signals: { thanks: false, frustration: false, wantsPerson: false, notWorking: false },
  },
  categoryGiven: false,
  customer: null,
};
