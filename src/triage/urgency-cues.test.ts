import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spearman } from '../ml/index.ts';
import { blendUrgency, findUrgencyCues } from './urgency-cues.ts';

describe('critical by cues alone and with a ridge that saw nothing', () => {
  test.each([
    ['003', 'Dringend: Server ausgefallen\nSeit heute Morgen ist der Produktionsserver nicht erreichbar.'],
    ['en', 'Urgent: server down\nThe production server has been unreachable since this morning.'],
    ['de', 'Die Produktion steht'],
    ['en', 'Production stopped'],
    ['de', 'Produktionsstillstand seit 6 Uhr'],
    ['en', 'Our assembly line is down'],
    ['de', 'Datenverlust: seit dem Update sind alle Aufträge weg'],
    ['en', 'Data loss: since the update our orders are being deleted'],
    ['de', 'Wir wurden gehackt'],
    ['en', 'We have been hacked'],
    ['de', 'Datenpanne: Kundendaten sind öffentlich einsehbar'],
    ['en', 'Data breach, customer records are open to anyone right now'],
    ['de', 'Guten Tag, kurze Info: seit 7 Uhr ist das System an allen Standorten nicht erreichbar. Danke.'],
    ['en', 'Good morning, just so you know: the system has been down for all our sites since 7 am. Thank you.'],
    ['de', 'Keine Eile, aber in der ganzen Firma geht gar nichts mehr'],
    ['en', 'No rush, but the whole company is down'],
    ['de', 'Seit 9 Uhr ist die Seite für alle Kunden nicht erreichbar'],
    ['en', 'The site is down for all customers since 9'],
  ])('%s: %s', (_, text) => {
    const cues = findUrgencyCues(text);
    expect(cues.score).toBeGreaterThan(0.8);
    expect(blendUrgency(null, cues)).toBeGreaterThan(0.8);
    expect(blendUrgency(0.1, cues)).toBeGreaterThan(0.8);
    expect(cues.words.length).toBeGreaterThan(0);
  });
});

describe('not urgent, whatever the words', () => {
  test.each([
    'no urgency, just a question about plans',
    'keine Eile, nur eine Frage zu den Tarifen',
    'This is not urgent at all',
    'Das ist überhaupt nicht dringend',
    'dringend ist es nicht',
    'eilt nicht',
    'whenever you have time',
    'wenn Sie mal Zeit haben',
    'Please scroll down to page 3',
    'Bitte ganz nach unten scrollen',
    'Could you send a breakdown of costs?',
    'Kein Ausfall, alles läuft',
    'No outage, just curious',
    'The down payment of 500 is on the invoice',
    'URGENT!!! the colour of my logo is wrong',
    'DRINGEND!!! die Farbe vom Logo ist falsch',
    'Dark mode would be lovely',
    'Ein dunkler Modus wäre schön',
  ])('%s', (text) => {
    const cues = findUrgencyCues(text);
    expect(cues.score).toBeLessThan(0.35);
    expect(blendUrgency(0.2, cues)).toBeLessThan(0.35);
  });
});

test.each([
  ['The server is not down', 'The server is down'],
  ['Der Server ist nicht ausgefallen', 'Der Server ist ausgefallen'],
  ['We have no data loss', 'We have data loss'],
  ['Wir haben keinen Datenverlust', 'Wir haben Datenverlust'],
  ['The server was down yesterday but works again', 'The server is down'],
  ['Der Server war weg, läuft wieder', 'Der Server ist ausgefallen'],
  ['What happens if your servers are down for everyone?', 'Your servers are down for everyone'],
  ['Was passiert bei einem Ausfall?', 'Hier ist ein Ausfall'],
])('"%s" scores below "%s"', (calm, alarming) => {
  expect(findUrgencyCues(calm).score).toBeLessThan(findUrgencyCues(alarming).score);
});

test('cues are the words as written', () => {
  const { words } = findUrgencyCues('DRINGEND: Kasse tot\nUnser Störungsmelder sagt „nicht erreichbar“');
  expect(words).toContain('DRINGEND');
  expect(words).toContain('nicht erreichbar');
  expect(findUrgencyCues('scroll down').words).toEqual([]);
});

test('the blend rises with the ridge and with the cues and stays in [0,1]', () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(unit, unit, unit, unit, (a, b, c, d) => {
      const [lowRidge, highRidge] = [Math.min(a, b), Math.max(a, b)];
      const [low, high] = [{ score: Math.min(c, d) }, { score: Math.max(c, d) }];
      expect(blendUrgency(lowRidge, low)).toBeLessThanOrEqual(blendUrgency(highRidge, high));
      expect(blendUrgency(null, low)).toBeLessThanOrEqual(blendUrgency(null, high));
      expect(blendUrgency(highRidge, high)).toBeLessThanOrEqual(1);
      expect(blendUrgency(lowRidge, low)).toBeGreaterThanOrEqual(0);
    }),
  );
});

/** Any code point, half of them ASCII, lone surrogates too; fast-check's own unit of all takes a second to set up. */
const anyLetter = fc.oneof(fc.nat(0x7f), fc.nat(0x10ffff)).map((code) => String.fromCodePoint(code));

test('any text has a score in [0,1] and cues that stand in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyLetter, maxLength: 300 }), (text) => {
      const { score, words } = findUrgencyCues(text);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
      for (const word of words) expect(text).toContain(word);
    }),
  );
});

interface Row {
  readonly language: string;
  readonly subject: string;
  readonly body: string;
  readonly urgency: number;
  readonly split: string;
}

const heldOut = readFileSync(new URL('../../starter/tickets.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Row)
  .filter((row) => row.split === 'test' && row.urgency !== null)
  .map((row) => ({ ...row, score: findUrgencyCues(`${row.subject}\n${row.body}`).score }));

// Measured on the held-out split, cues alone: Spearman 0.65 en, 0.70 de.
test.each(['en', 'de'])('held-out starter tickets (%s) are ordered by their cues', (language) => {
  const rows = heldOut.filter((row) => row.language === language);
  expect(
    spearman(
      rows.map((row) => row.score),
      rows.map((row) => row.urgency),
    ),
  ).toBeGreaterThan(0.6);
  expect(rows.filter((row) => row.score > 0.8 && row.urgency <= 0.8).length).toBeLessThanOrEqual(2);
});

// Both languages together: 8 and 11 critical ones are too few for a share of each (found: 7 en, 8 de; the three missed
// German ones came with the formal mails, which tell of disasters without any word of alarm).
test('most critical held-out starter tickets are found by their cues alone', () => {
  const critical = heldOut.filter((row) => row.urgency > 0.8);
  const caught = critical.filter((row) => row.score > 0.8);
  expect(critical.length).toBeGreaterThanOrEqual(19);
  expect(caught.length / critical.length).toBeGreaterThanOrEqual(0.75);
});
