/**
 * False floods: how many of 100,000 pairs of published tickets that are not paraphrases of each other (two groups) our
 * probability puts at the threshold, and how many of the pairs within a group it finds. `--show` prints fifty.
 */
import { fileURLToPath } from 'node:url';
import { createRandom } from '../../src/ml/index.ts';
import { probabilityOf } from '../../src/triage/duplicates/same-problem.ts';
import { type PublishedTicket, readPublishedTickets } from '../classifier/published-tickets.ts';
import { readTexts } from './pair-rows.ts';
import { publicData } from './read-texts.ts';

const pairCount = 300_000;
const thresholds = [0.5, 0.8, 0.9, 0.95];

export async function measureTickets({ show = 0 } = {}): Promise<unknown> {
  const tickets = readPublishedTickets(publicData('tickets'), 'train');
  if (tickets === null) return { skipped: 'The folder of the published tickets is not there.' };
  const texts = tickets.map(
    ({ text, language }) =>
      ({ text: text.replaceAll('\\n', '\n'), language: language === 'de' ? 'de' : 'en' }) as const,
  );
  const read = await readTexts(texts);
  const random = createRandom(5);
  const apart: { a: number; b: number; p: number }[] = [];
  while (apart.length < pairCount) {
    const [a, b] = [random.integer(tickets.length), random.integer(tickets.length)];
    if (tickets[a]!.group !== tickets[b]!.group) apart.push({ a, b, p: probabilityOf(read[a]!, read[b]!) });
  }
  const within = pairsWithin(tickets).map(([a, b]) => probabilityOf(read[a]!, read[b]!));
  return {
    tickets: tickets.length,
    pairs: pairCount,
    falsePer100000: Object.fromEntries(
      thresholds.map((t) => [t, (apart.filter(({ p }) => p >= t).length / pairCount) * 100_000]),
    ),
    pairsWithinGroups: within.length,
    foundWithinGroups: Object.fromEntries(
      thresholds.map((t) => [t, within.filter((p) => p >= t).length / within.length]),
    ),
    ...(show > 0 && {
      worst: apart
        .sort((x, y) => y.p - x.p)
        .filter(({ p }) => p >= 0.9)
        .slice(0, show)
        .map(({ a, b, p }) => `${p.toFixed(3)}\n  ${texts[a]!.text.slice(0, 260)}\n  ${texts[b]!.text.slice(0, 260)}`),
    }),
  };
}

/** At most three pairs of each group. */
function pairsWithin(tickets: readonly PublishedTicket[]): [number, number][] {
  const groups = new Map<string, number[]>();
  for (const [i, { group }] of tickets.entries()) groups.set(group, [...(groups.get(group) ?? []), i]);
  return [...groups.values()].flatMap((rows) => rows.slice(1, 4).map((row): [number, number] => [rows[0]!, row]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const figures = (await measureTickets({ show: process.argv.includes('--show') ? 50 : 0 })) as { worst?: string[] };
  for (const pair of figures.worst ?? []) console.error(pair);
  console.log(JSON.stringify({ ...figures, worst: undefined }, null, 1));
}
