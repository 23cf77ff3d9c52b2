import type { Words } from './shell-words.ts';

export const tryWords = {
  tryTitle: ['Try a message', 'Nachricht ausprobieren'],
  tryIntro: [
    'The message goes the way of every ticket and is stored.',
    'Die Nachricht geht den Weg jedes Tickets und wird gespeichert.',
  ],
  examples: ['Examples', 'Beispiele'],
  exampleReplaced: ['Your text was replaced by the example.', 'Ihr Text wurde durch das Beispiel ersetzt.'],
  subject: ['Subject', 'Betreff'],
  optional: ['optional', 'optional'],
  message: ['Message', 'Nachricht'],
  messageHint: ['What a customer would write …', 'Was ein Kunde schreiben würde …'],
  messageEmpty: ['Write a message first.', 'Schreiben Sie zuerst eine Nachricht.'],
  messageTooLong: [
    'The message has {n} characters; {max} are possible.',
    'Die Nachricht hat {n} Zeichen; möglich sind {max}.',
  ],
  messageLanguage: ['Language', 'Sprache'],
  detect: ['Detect', 'Erkennen'],
  tone: ['Tone', 'Tonfall'],
  method: ['Method', 'Verfahren'],
  methodNoModel: [
    'No language model is connected: the answer is composed from templates.',
    'Kein Sprachmodell verbunden: Die Antwort entsteht aus Vorlagen.',
  ],
  customerNameField: ['Customer name', 'Name des Kunden'],
  customerEmail: ['Customer e-mail', 'E-Mail des Kunden'],
  emailInvalid: [
    'This is not an e-mail address, such as name@example.org.',
    'Das ist keine E-Mail-Adresse wie name@example.org.',
  ],
  more: ['More', 'Mehr'],
  passagesWanted: ['Passages (1–20)', 'Textstellen (1–20)'],
  passagesInvalid: ['A whole number from 1 to 20.', 'Eine ganze Zahl von 1 bis 20.'],
  send: ['Send message', 'Nachricht senden'],

  resultTitle: ['What Signalbox does with it', 'Was Signalbox daraus macht'],
  emptyTitle: ['Nothing sent yet', 'Noch nichts gesendet'],
  emptyText: [
    'Write a message or take an example. Here you see what each step finds: category, passages, draft, judge, decision.',
    'Schreiben Sie eine Nachricht oder nehmen Sie ein Beispiel. Hier sehen Sie, was jeder Schritt ergibt: Kategorie, Textstellen, Entwurf, Bewertung, Entscheidung.',
  ],
  waitingText: [
    'Under way. Each step is marked when it is done; the details come with the result.',
    'Unterwegs. Jeder Schritt wird abgehakt, sobald er fertig ist; die Einzelheiten kommen mit dem Ergebnis.',
  ],
  waitingSince: ['{seconds} s', '{seconds} s'],
  resultReady: ['The result is there: {outcome}', 'Das Ergebnis ist da: {outcome}'],
  traceFailed: [
    'The details of the steps could not be loaded; what you see is the answer alone.',
    'Die Einzelheiten der Schritte ließen sich nicht laden; Sie sehen nur die Antwort selbst.',
  ],
} as const satisfies Words;
