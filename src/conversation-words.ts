import type { Language } from './ticket/index.ts';

/** Neither Sie nor du: it is said whatever ANSWER_FORM is. */
const words = {
  en: 'Thank you, the message has arrived. The request is with a person from our team; the reply comes here.',
  de: 'Danke, die Nachricht ist angekommen. Das Anliegen liegt bei einer Person aus unserem Team; die Antwort kommt hier.',
} as const;

/** Said once after a hand-over, to a customer who writes on: from then on the machine is silent. */
export const passedOn = (language: Language): string => words[language === 'de' ? 'de' : 'en'];
