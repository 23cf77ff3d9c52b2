import { type Random, shuffled } from '../../src/ml/index.ts';
import type { TextToCompare } from '../../src/triage/duplicates/index.ts';
import { readPublishedTickets } from '../classifier/published-tickets.ts';
import { readStarterTickets } from '../urgency/starter-tickets.ts';
import { publicData } from './read-texts.ts';

/** The published tickets as customers sent them; null where their folder is absent. */
export function publishedTexts(): (TextToCompare & { readonly group: string })[] | null {
  const tickets = readPublishedTickets(publicData('tickets'), 'train');
  if (tickets === null) return null;
  return tickets.map(({ text, language, group }) => {
    const plain = text.replaceAll('\\n', '\n');
    const end = plain.indexOf('\n');
    return {
      subject: plain.slice(0, end),
      body: plain.slice(end + 1),
      language: language === 'de' ? 'de' : 'en',
      group,
    };
  });
}

/** The starter tickets in English and German, each scenario once a language: no two of them are one problem told twice. */
export function starterTexts(): TextToCompare[] {
  return readStarterTickets('train').map(({ subject, body, language }) => ({ subject, body, language }));
}

/** Half of one starter ticket and half of another: texts without end. */
function mixedTexts(random: Random): (i: number) => TextToCompare {
  const tickets = readStarterTickets('train');
  const pick = () => tickets[random.integer(tickets.length)]!;
  return () => {
    const [one, other] = [pick(), pick()];
    const body = `${one.body.slice(0, one.body.length / 2)} ${other.body.slice(other.body.length / 2)}`;
    return { subject: one.subject, body, language: one.language };
  };
}

/** Published tickets in random order, each once, then (or without them) mixed starter tickets. */
export function ticketStream(random: Random): (i: number) => TextToCompare {
  const mixed = mixedTexts(random);
  const published = shuffled(publishedTexts() ?? [], random);
  return (i) => published[i] ?? mixed(i);
}
