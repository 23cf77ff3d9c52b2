import type { Language } from './ticket/index.ts';

/** Neither Sie nor du: it is said whatever ANSWER_FORM is. */
const words = {
  en: 'Thank you, the message has arrived. The request is with a person from our team; the reply comes here.',
  de: 'Danke, die Nachricht ist angekommen. Das Anliegen liegt bei einer Person aus unserem Team; die Antwort kommt hier.',
} as const;

/** Said once after a hand-over, to a customer who writes on: from then on the machine is silent. */
export const passedOn = (language: Language): string => words[language === 'de' ? 'de' : 'en'];

const greeting = {
  en: { sie: 'Hello, how can we help you?', du: 'Hello, how can we help you?' },
  de: { sie: 'Guten Tag, wie können wir Ihnen helfen?', du: 'Hallo, wie können wir dir helfen?' },
} as const;
/** Not that of the templates: nothing here is from the documentation. */
const byMachine = {
  en: 'This message was sent automatically by a machine.',
  de: 'Diese Nachricht hat eine Maschine automatisch verschickt.',
} as const;

/** Said once in a ticket to a customer who has only greeted so far. */
export function greetingReply(language: Language, { form, discloses }: { form: 'sie' | 'du'; discloses: boolean }) {
  const spoken = language === 'de' ? 'de' : 'en';
  return discloses ? `${greeting[spoken][form]}\n\n${byMachine[spoken]}` : greeting[spoken][form];
}
