import { describe, expect, it } from 'vitest';
import type { Draft, Passage } from '../../ticket/index.ts';
import { judgeAnswer } from './heuristic-judge.ts';

const passageOf = (language: 'en' | 'de', text: string, heading = 'Manual'): Passage => ({
  chunkId: `${heading} ${text.slice(0, 20)}`,
  documentId: 'd',
  document: 'Manual',
  heading,
  text,
  position: 0,
  language,
  category: null,
  score: 0.99,
});

const draftOf = (language: 'en' | 'de', text: string): Draft => ({
  method: 'ai',
  strategy: 'model-cited',
  tone: 'professional',
  language,
  text,
  citations: [],
  promptHash: '',
  model: null,
  tokens: null,
});

const judge = (language: 'en' | 'de', question: string, text: string, passages = [passageOf(language, text)]) =>
  judgeAnswer({ subject: '', question, language, draft: draftOf(language, text), passages });

describe('a plain reason against an answer', () => {
  it.each([
    ['en', 'What does QH-2021 mean?', 'The error code QH-2017 means that a request has expired.', 'QH-2021'],
    ['de', 'Was bedeutet QH-2021?', 'Der Fehlercode QH-2017 bedeutet, dass eine Anfrage abgelaufen ist.', 'QH-2021'],
    [
      'en',
      'I have a monthly plan. Until when can I cancel?',
      'An annual plan can be cancelled up to 30 days before its end.',
      'monthly',
    ],
    [
      'de',
      'Ich habe einen Monatstarif. Bis wann kann ich kündigen?',
      'Den Jahrestarif kündigen Sie bis 30 Tage vor seinem Ende.',
      'monthly',
    ],
    ['en', 'Which Android does the app need?', 'The desktop app runs on Windows 10 and Windows 11.', 'phone'],
    ['de', 'Welches Android braucht die App?', 'Die Desktop-App läuft unter Windows 10 und Windows 11.', 'phone'],
    [
      'en',
      'How long are versions kept?',
      'Versions are kept for a certain time that depends on your plan.',
      'duration',
    ],
    [
      'de',
      'Wie lange werden Versionen aufbewahrt?',
      'Versionen werden so lange aufbewahrt, wie es Ihr Tarif vorsieht.',
      'duration',
    ],
    ['en', 'What is the fax number of your office?', 'The office in Bristol is open from 9:00 to 17:00.', 'fax'],
    ['de', 'Welche Faxnummer hat Ihr Büro?', 'Das Büro in Leipzig ist von 9:00 bis 17:00 Uhr geöffnet.', 'fax'],
    ['en', 'Does the calendar work with Salesforce?', 'The calendar works with Outlook and Google.', 'Salesforce'],
    [
      'de',
      'Kann ich den Kalender mit Salesforce verbinden?',
      'Den Kalender verbinden Sie mit Outlook und Google.',
      'Salesforce',
    ],
  ] as const)('is found (%s): %s', (language, question, reply, reason) => {
    const verdict = judge(language, question, reply);
    expect(verdict.score).toBeLessThanOrEqual(0.2);
    expect(verdict.unansweredAsks).toHaveLength(1);
    expect(verdict.reasoning).toContain(reason);
  });

  it.each([
    ['en', 'What does QH-2021 mean?', 'The error code QH-2021 means that a request has expired.'],
    ['de', 'Was bedeutet QH-2021?', 'Der Fehlercode QH-2021 bedeutet, dass eine Anfrage abgelaufen ist.'],
    [
      'en',
      'I have a monthly plan. Until when can I cancel my monthly plan?',
      'A monthly plan can be cancelled up to 3 days before its end.',
    ],
    [
      'de',
      'Bis wann kann ich einen Monatstarif kündigen?',
      'Einen Monatstarif kündigen Sie bis 3 Tage vor seinem Ende.',
    ],
    ['en', 'What is the fax number of your office?', 'The fax number of the office is 0117 496 0123.'],
    ['de', 'Welche Faxnummer hat Ihr Büro?', 'Die Faxnummer des Büros ist 0341 9990123.'],
    ['en', 'Does the calendar work with Outlook?', 'The calendar works with Outlook and Google.'],
    ['de', 'Kann ich den Kalender mit Outlook verbinden?', 'Den Kalender verbinden Sie mit Outlook und Google.'],
    ['en', 'How long are versions kept?', 'Versions are kept for 90 days.'],
    ['de', 'Wie lange werden Versionen aufbewahrt?', 'Versionen werden 90 Tage aufbewahrt.'],
  ] as const)('is not found where it is told (%s): %s', (language, question, reply) => {
    expect(judge(language, question, reply).unansweredAsks).toEqual([]);
  });

  it.each([
    ['en', 'Which Android is needed?', 'de', 'Die App läuft ab Android 11.'],
    ['de', 'Welches Android wird gebraucht?', 'en', 'The app runs on Android 11 or newer.'],
  ] as const)('is a quote in the other language (%s)', (language, question, other, text) => {
    const verdict = judge(language, question, text, [passageOf(other, text)]);
    expect(verdict.score).toBeLessThan(0.5);
  });

  it.each(['en', 'de'] as const)('is an answer below sentences of many sections (%s)', (language) => {
    const texts = {
      en: [
        'Votes are free of charge.',
        'The roadmap changes in April.',
        'Reports come on Mondays.',
        'Rooms are booked by hour.',
        'Beta features are switched on under Admin.',
      ],
      de: [
        'Stimmen sind kostenlos.',
        'Der Fahrplan ändert sich im April.',
        'Berichte kommen am Montag.',
        'Räume bucht man stundenweise.',
        'Beta-Funktionen schalten Sie unter Verwaltung ein.',
      ],
    }[language];
    const passages = texts.map((text, i) => passageOf(language, text, `Section ${i}`));
    const question = { en: 'Where do I switch on beta features?', de: 'Wo schalte ich Beta-Funktionen ein?' }[language];
    const all = judge(language, question, texts.join(' '), passages);
    expect(all.reasoning).toContain('sections');
    expect(judge(language, question, texts.at(-1)!, passages).reasoning).not.toContain('sections');
  });
});
