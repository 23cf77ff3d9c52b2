export interface Example {
  readonly language: 'en' | 'de';
  readonly title: string;
  readonly subject: string;
  readonly message: string;
}

/** One for each way a message can go: answered, urgent, wants a person, none of our business. */
export const examples: readonly Example[] = [
  {
    language: 'en',
    title: 'When is the refund here?',
    subject: 'Refund to my credit card',
    message: 'My refund was approved on Monday. How long does it take until it is back on my credit card?',
  },
  {
    language: 'en',
    title: 'Nobody can work',
    subject: 'Whole office locked out',
    message:
      'Since 8:40 none of our 60 people can open Quillhaven, the page keeps spinning and then times out. Payroll has to go out at noon.',
  },
  {
    language: 'en',
    title: 'Let me talk to somebody',
    subject: 'Third attempt',
    message:
      'I am describing the same thing to a form for the third time. Please let me talk to a real person about my contract.',
  },
  {
    language: 'de',
    title: 'Konto gesperrt',
    subject: 'Anmeldung gesperrt',
    message: 'Nach mehreren falschen Passwörtern ist mein Konto gesperrt. Wie lange dauert die Sperre?',
  },
  {
    language: 'de',
    title: 'Alles steht',
    subject: 'Nichts synchronisiert mehr',
    message:
      'Seit heute früh synchronisiert bei uns kein einziger Rechner mehr. Die ganze Abteilung steht, und bis 12 Uhr müssen die Unterlagen beim Notar sein.',
  },
  {
    language: 'de',
    title: 'Nicht unser Thema',
    subject: 'Sommerfest',
    message:
      'Wie wird am Samstag das Wetter in Leipzig? Wir planen ein Sommerfest im Hof und brauchen vielleicht ein Zelt.',
  },
];
