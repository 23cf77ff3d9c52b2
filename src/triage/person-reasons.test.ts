import { describe, expect, it } from 'vitest';
import { findPersonReasons, type PersonReason } from './person-reasons.ts';

const reasonsOf = (body: string) => findPersonReasons({ subject: '', body });

describe('a matter for a person', () => {
  it.each<[PersonReason, string]>([
    ['danger', 'Ich kann nicht mehr, wegen eurer Rechnung. Ich will nicht mehr leben.'],
    ['danger', "I don't want to live any more because of this bill"],
    ['danger', 'Es brennt bei uns im Serverraum, was sollen wir tun?'],
    ['outage-report', 'Seit 8:15 Uhr kommt niemand mehr rein, alle 40 Kollegen sitzen da. Produktion steht!'],
    ['outage-report', 'Our whole company is locked out and we lose money every minute'],
    ['outage-report', 'Quillhaven is down again, is there an outage?'],
    ['repeated-contact', 'Das ist jetzt das DRITTE Mal, dass ich schreibe!!!'],
    ['repeated-contact', "I already reset my password three times and still can't log in"],
    ['repeated-contact', 'QH-5006, obwohl ich schon dreimal neu gestartet habe'],
    ['declaration', 'Ich kündige hiermit meinen Vertrag.'],
    ['declaration', 'I hereby cancel my subscription effective immediately.'],
    ['declaration', 'Ich widerrufe hiermit den Kauf des Panels'],
    ['action-requested', 'Bitte bestätigen Sie die Kündigung.'],
    ['action-requested', 'Erstatten Sie mir sofort die 89 Euro!'],
    ['action-requested', 'Please confirm that you deleted all my personal data.'],
    ['action-requested', 'Bitte löschen Sie alle meine Daten'],
    ['action-requested', 'Your employee promised me a discount. Please apply it to my next invoice.'],
    ['action-requested', 'app deleted my presentation before a client meeting, call me NOW'],
    ['money-dispute', 'Mir wurde der Monat doppelt abgebucht, bitte um Erstattung'],
    ['money-dispute', 'You charged my card twice in March.'],
    ['money-dispute', 'I was charged twice.'],
    ['money-dispute', 'I returned my Panel two weeks ago and have not got my money'],
    ['money-dispute', 'You refunded me only 40 instead of 60 euros'],
    ['legal-step', 'sonst gehe ich zur Verbraucherzentrale'],
    ['legal-step', 'Ich bitte um Auskunft nach Art. 15 DSGVO.'],
    ['legal-step', 'My lawyer will contact you.'],
    ['security-incident', 'Meine Daten sind weg!!! Alles gelöscht!!! Backup???'],
    ['security-incident', 'My account has been hacked, someone is deleting our files right now'],
    ['press', 'I am a journalist. Who can I talk to about your data breach last week?'],
  ])('%s: %s', (reason, message) => {
    expect(reasonsOf(message)).toContain(reason);
  });
});

describe('a plain question, whatever it is about', () => {
  it.each([
    'How do I cancel my subscription?',
    'Wie kündige ich?',
    'Kann ich meinen Vertrag monatlich kündigen?',
    'How long do I have to return the Panel for a refund?',
    'Wie lange dauert es, bis ich mein Geld zurück bekomme?',
    'What happens if I am charged twice?',
    'Werden doppelte Abbuchungen erstattet?',
    'How do I reset 2FA?',
    'Wie lösche ich mein Konto?',
    'How long are backups kept?',
    'Wer ist bei Ihnen für Datenschutz zuständig?',
    'Was bedeutet der Fehler QH-1042?',
    'Thank you, everything works again',
    'Danke, alles klappt wieder',
    'Which address should our lawyer write to?',
  ])('%s', (message) => {
    expect(reasonsOf(message)).toEqual([]);
  });

  it.each([
    'Was passiert, wenn doppelt abgebucht wurde?',
    'Was passiert eigentlich, falls doppelt abgebucht wurde?',
    'Ich frage mich nur, was gilt, wurde doppelt abgebucht?',
    'What happens when a card is charged twice?',
  ])('is none, being asked: %s', (message) => {
    expect(reasonsOf(message)).toEqual([]);
  });
});
