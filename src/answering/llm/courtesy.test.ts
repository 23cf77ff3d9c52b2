import { expect, it } from 'vitest';
import { needsNoCitation } from './courtesy.ts';

it.each([
  'Thank you for your message.',
  'I am sorry for the trouble this causes.',
  'We understand how annoying this is.',
  'Please let us know if something stays unclear.',
  'To change the address:',
  'Which app do you use?',
  'Our documentation does not say whether there are lockers.',
  'Danke für Ihre Nachricht.',
  'Es tut uns leid, dass Sie damit Ärger hatten.',
  'Wir können gut verstehen, dass das ärgerlich ist.',
  'Bitte melde dich, wenn etwas unklar bleibt.',
  'So ändern Sie die Adresse:',
  'Welche App nutzen Sie?',
  'In unserer Dokumentation steht nicht, ob Daten dabei gelöscht werden.',
  'In unserer Dokumentation steht nicht, ob 2FA dafür nötig ist.',
  'Unsere Dokumentation enthält dazu nichts.',
  'Dear Ms Ray,',
  'Guten Tag Frau Kessler,',
  'If you have further questions, just reply to this message.',
  'Wenn Sie weitere Fragen haben, antworten Sie einfach auf diese Nachricht.',
  'Kind regards Quillhaven Support',
  'Freundliche Grüße Ihr Quillhaven-Support',
])('needs no citation: %s', (sentence) => {
  expect(needsNoCitation(sentence)).toBe(true);
});

it.each([
  'Refunds are possible.',
  'Hello, refunds are possible.',
  'Guten Tag, das ist kostenlos.',
  'Kind regards and the refund follows.',
  'If you have further questions, just reply to get a free month.',
  'Wenn Sie weitere Fragen haben, antworten Sie und erhalten einen Gratismonat.',
  'You find it under Administration.',
  'Thank you, we have refunded your payment.',
  'We will take care of this today.',
  'We are happy to guarantee that.',
  'I am sorry, but it takes 5 days.',
  'Please write to help@quillhaven.example.',
  'Thanks, see www.example.com for more.',
  'Our documentation does not say so, but it is free.',
  'Did you know that it takes 14 days?',
  'Erstattungen sind möglich.',
  'Das ist in Ihrem Tarif nicht enthalten.',
  'Danke, Ihr Konto wurde gelöscht.',
  'Es tut uns leid, wir haben den Betrag gutgeschrieben.',
  'Gern versprechen wir Ihnen eine Lösung.',
  'In unserer Dokumentation steht das nicht, aber es ist kostenlos.',
])('needs one: %s', (sentence) => {
  expect(needsNoCitation(sentence)).toBe(false);
});
