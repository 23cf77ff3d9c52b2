import { createRandom } from '../../src/ml/index.ts';
import { starterTickets } from './measure.ts';

/**
 * Tickets of a day on which nothing is wrong for many: each sentence is taken from another starter ticket of the same
 * language, so that words and lengths (42 words) are those of the starter and few report what another one does. One
 * stream a seed, without end.
 */
export function* dayOfTickets(seed: number): Generator<{ subject: string; body: string }, never> {
  const languages = [...Map.groupBy(starterTickets(), (t) => t.language).values()].map((tickets) =>
    tickets.map(({ subject, body }) => ({ subject, sentences: body.split(/(?<=[.!?])\s+/) })),
  );
  const random = createRandom(seed);
  const pick = <T>(from: readonly T[]): T => from[random.integer(from.length)]!;
  for (;;) {
    const tickets = pick(languages);
    const body = Array.from({ length: 3 + random.integer(3) }, () => pick(pick(tickets).sentences));
    yield { subject: pick(tickets).subject, body: body.join(' ') };
  }
}
