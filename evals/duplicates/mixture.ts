import { createRandom } from '../../src/ml/index.ts';
import { hashOf } from '../../src/triage/duplicates/hash-of.ts';
import { type FeatureName, featureNames } from '../../src/triage/duplicates/pair-features.ts';
import { readStarterTickets } from '../urgency/starter-tickets.ts';
import { joinRows, type Rows } from './fit-logistic.ts';
import { allPairs, type LabelledPair, readTexts, rowsOf, type TextInLanguage } from './pair-rows.ts';
import { readOwnCases } from './read-texts.ts';

/** Where the weights of codes and numbers stay: too few of our cases have any. Others' order numbers are weak evidence. */
const expected: Partial<Record<FeatureName, number>> = {
  sameCode: 1.5,
  otherCode: -1.5,
  sameNumber: 1,
  otherNumber: -0.7,
};
export const prior = featureNames.map((name) => expected[name] ?? 0);

/** What customers write around their problem; none of it says that two have the same one. */
const frames: Readonly<Record<'en' | 'de', readonly (readonly [before: string, after: string])[]>> = {
  en: [
    [
      'Dear support team,\nI hope you are well. We are a small company of twelve people and use your product every day.',
      'I would appreciate a quick reply.\nKind regards, Martha Collins',
    ],
    [
      'Hi there,',
      'Could you please look into this as soon as possible? It is quite urgent for us, and I have already tried a different browser and restarted everything.\nThanks',
    ],
    [
      'Hello, I tried to call you twice but nobody picked up, so I write.',
      'My customer number is 30417. Please keep me posted.\nBest, Joe',
    ],
  ],
  de: [
    [
      'Sehr geehrte Damen und Herren,\nwir sind ein kleiner Betrieb mit zwölf Leuten und nutzen Ihr Produkt jeden Tag.',
      'Über eine schnelle Rückmeldung würde ich mich freuen.\nMit freundlichen Grüßen, Martha Kolb',
    ],
    [
      'Hallo zusammen,',
      'Könnten Sie sich das bitte möglichst bald ansehen? Es ist für uns recht dringend, einen anderen Browser und einen Neustart habe ich schon probiert.\nDanke',
    ],
    [
      'Guten Tag, telefonisch habe ich zweimal niemanden erreicht, deshalb schreibe ich.',
      'Meine Kundennummer ist 30417. Bitte halten Sie mich auf dem Laufenden.\nGruß, Jo',
    ],
  ],
};

/** Frames of one language; two texts in the same frame are not compared. */
const frameCount = 3;

/** How much pairs of our own cases count beside those of stackfaq, by whether both texts say what is wrong. */
const own = { reports: { same: 3, other: 1, apart: 10 }, requests: { same: 1, other: 0.3, apart: 3 } };

/** Our own cases for development, each as it stands and within a longer mail, and the pairs that share words only. */
export async function ownRows(): Promise<Rows> {
  const { texts, different } = readOwnCases('development');
  const written = texts.flatMap((text, i) => [text, { ...text, text: framed(text, i) }]);
  const frameOf = (i: number): number => (i % 2 === 0 ? -1 - i : Math.floor(i / 2) % frameCount);
  const pairs = allPairs(written.map(({ problem }) => problem)).filter(({ a, b }) => frameOf(a) !== frameOf(b));
  const singles: TextInLanguage[] = different.flatMap(({ texts: two, language }) =>
    two.map((text) => ({ text, language })),
  );
  const apart = different.map((_, i): LabelledPair => ({ a: 2 * i, b: 2 * i + 1, same: false, weight: 1 }));
  const rows = rowsOf(await readTexts(written), pairs);
  const words = rowsOf(await readTexts(singles), apart);
  const weightOf = (row: number): number =>
    own[rows.kinds[row] === 1 ? 'reports' : 'requests'][rows.labels[row] === 1 ? 'same' : 'other'];
  return joinRows([
    { ...rows, weights: rows.weights.map((_, row) => weightOf(row)) },
    { ...words, weights: words.weights.map((_, row) => own[words.kinds[row] === 1 ? 'reports' : 'requests'].apart) },
  ]);
}

export function framed({ text, language }: TextInLanguage, i: number): string {
  const choices = frames[language];
  const [before, after] = choices[i % choices.length]!;
  return `${before}\n${text}\n${after}`;
}

/** Frames that tickets of two scenarios may share because both are about the one outage that everybody has. */
const outages = Int32Array.from(['!fails#infrastructure', '!fails#login'], hashOf);

/** Starter tickets of two scenarios have nothing to do with each other, but for those about an outage: drawn by seed. */
export async function strangerRows(count: number): Promise<Rows> {
  const tickets = readStarterTickets('train');
  const random = createRandom(7);
  const read = await readTexts(
    tickets.map(({ subject, body, language }) => ({ text: `${subject}\n${body}`, language })),
  );
  const pairs: LabelledPair[] = [];
  while (pairs.length < count) {
    const [a, b] = [random.integer(tickets.length), random.integer(tickets.length)];
    if (tickets[a]!.scenario === tickets[b]!.scenario) continue;
    if (outages.some((frame) => read[a]!.frames.includes(frame) && read[b]!.frames.includes(frame))) continue;
    pairs.push({ a, b, same: false, weight: 1 });
  }
  return rowsOf(read, pairs);
}
