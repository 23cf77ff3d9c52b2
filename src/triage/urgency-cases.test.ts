import { describe, expect, test } from 'vitest';
import { blendUrgency, findUrgencyCues } from './urgency-cues.ts';

type Pair = readonly [english: string, german: string];

/** Critical is strictly above 0.8, by the cues alone and beside a ridge that has seen nothing like it. */
const critical: readonly Pair[] = [
  ['Production stopped', 'Produktion gestoppt'],
  ['Production is down', 'Die Produktion steht still'],
  ['Production has stopped since 5 am', 'Seit 5 Uhr ist die Produktion ausgefallen'],
  ['Complete outage at our company', 'Kompletter Ausfall in unserer Firma'],
  ['Data breach: customer data is public', 'Datenpanne: Kundendaten sind öffentlich'],
  ['We were hacked', 'Wir wurden gehackt'],
  ['We are losing customer data', 'Wir verlieren gerade Daten'],
  ['Nobody can work', 'Niemand kann arbeiten'],
  ['Not urgent? On the contrary: production stopped', 'Nicht dringend? Im Gegenteil: Produktion gestoppt'],
  ['No rush they say, yet production stopped', 'Keine Eile heißt es, doch die Produktion steht'],
];

/** Below 0.35: priority low. */
const notUrgent: readonly Pair[] = [
  ['no urgency', 'keine Dringlichkeit'],
  ['There is no urgency at all', 'Es besteht überhaupt keine Dringlichkeit'],
  ['No hurry, any time next week is fine', 'Keine Eile, irgendwann nächste Woche reicht'],
  ['This is not urgent', 'Das ist nicht dringend'],
  ["It isn't urgent", 'Es eilt nicht'],
  ['Please scroll down', 'Bitte nach unten scrollen'],
  ['Scroll down to see the list', 'Zum Anzeigen der Liste nach unten scrollen'],
  ['Production has not stopped', 'Die Produktion ist nicht ausgefallen'],
  ['There was no outage', 'Es gab keinen Ausfall'],
  ['No disruption so far', 'Bisher keine Unterbrechung'],
  ['We had no data loss', 'Wir hatten keinen Datenverlust'],
  [
    'I am interested in more information about your plans',
    'Ich bin an mehr Informationen zu Ihren Tarifen interessiert',
  ],
];

/** The first of each is more urgent than the second. */
const ordered: readonly (readonly [Pair, Pair])[] = [
  [
    ['There is a disruption', 'Es gibt Störungen'],
    ['There is no disruption', 'Es gibt keine Störungen'],
  ],
  [
    ['Severe network outages', 'Schwerwiegende Netzausfälle'],
    ['Network outages', 'Netzausfälle'],
  ],
  [
    ['Server overload since this morning', 'Serverüberlastung seit heute früh'],
    ['Server question', 'Serverfrage'],
  ],
  [
    ['Several departments are affected by the outage', 'Mehrere Abteilungen sind vom Ausfall betroffen'],
    ['One device is affected by the outage', 'Ein Gerät ist vom Ausfall betroffen'],
  ],
  [
    ['Outage of the production system', 'Ausfall des Produktivsystems'],
    ['Outage that costs productivity', 'Ausfall, der Produktivität kostet'],
  ],
  [
    ['A security breach', 'Ein Sicherheitsvorfall'],
    ['A minor security breach', 'Ein kleiner Sicherheitsvorfall'],
  ],
  [
    ['I was charged twice', 'Es wurde doppelt abgebucht'],
    ['I was charged', 'Es wurde gebucht'],
  ],
  [
    ['The portal is down', 'Das Portal ist ausgefallen'],
    ['The planned maintenance of the portal', 'Die geplante Wartung des Portals'],
  ],
];

describe.each([
  ['en', 0],
  ['de', 1],
] as const)('urgency in %s', (_, side) => {
  test.each(critical.map((pair) => pair[side]))('critical: %s', (text) => {
    const cues = findUrgencyCues(text);
    expect(cues.score).toBeGreaterThan(0.8);
    expect(blendUrgency(0, cues)).toBeGreaterThan(0.8);
    expect(cues.words).not.toEqual([]);
  });

  test.each(notUrgent.map((pair) => pair[side]))('not urgent: %s', (text) => {
    const cues = findUrgencyCues(text);
    expect(cues.score).toBeLessThan(0.35);
    expect(blendUrgency(0.3, cues)).toBeLessThan(0.35);
  });

  test.each(ordered.map(([more, less]) => [more[side], less[side]]))('"%s" is above "%s"', (more, less) => {
    expect(findUrgencyCues(more).score).toBeGreaterThan(findUrgencyCues(less).score);
  });
});

test('a score of the cues of exactly 0.8 is not critical and is not held', () => {
  expect(blendUrgency(0.2, { score: 0.8 })).toBeLessThan(0.8);
  expect(blendUrgency(0.2, { score: 0.8001 })).toBeGreaterThan(0.8);
});
