import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findOrders, readUntrusted } from '../../src/intake/index.ts';
import { splitSentences, wilsonInterval } from '../../src/ml/index.ts';
import { hasAttackData, readAttacks, readHarmless } from './attacks.ts';
import { bodyOf, hostTickets } from './hosts.ts';

/**
 * The detector alone: which public attacks it takes out of a ticket and which it finds when they are a whole message,
 * how many harmless look-alikes would be blocked or altered, and what it takes out of tickets and documents of the
 * starter that it did not learn from.
 *   node evals/guardrails/detector-score.ts [--shown]
 * Prints JSON: shares with 95 % intervals (Wilson); with --shown also what was taken out wrongly.
 */
const root = resolve(import.meta.dirname, '../..');
const shown = process.argv.includes('--shown');

const share = (hits: number, n: number) => {
  const { low, high } = wilsonInterval(hits, n);
  const round = (x: number) => Number(x.toFixed(4));
  return { n, hits, share: round(n === 0 ? 0 : hits / n), low: round(low), high: round(high) };
};

const inOneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
const read = (body: string, subject = '') => readUntrusted({ subject, body });

interface TicketLine {
  readonly subject: string;
  readonly body: string;
  readonly category: string | null;
  readonly language: 'en' | 'de';
  readonly split: string;
}

/** Rows of the part that the detector has not seen. */
function starterTickets(): TicketLine[] {
  return readFileSync(join(root, 'starter/tickets.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as TicketLine)
    .filter(({ category, split }) => category !== null && split === 'test');
}

function scoreTickets(language: 'en' | 'de') {
  const tickets = starterTickets().filter((ticket) => ticket.language === language);
  const altered = tickets.map(({ subject, body }) => read(body, subject).setAside).filter((parts) => parts.length > 0);
  const sentences = tickets.flatMap(({ body }) => splitSentences(body).map(({ text }) => text));
  return {
    tickets_altered: share(altered.length, tickets.length),
    sentences_called_orders: share(sentences.filter((text) => findOrders(text).length > 0).length, sentences.length),
    ...(shown ? { altered: altered.map((parts) => parts.map(({ kind, text }) => `${kind}: ${text}`)) } : {}),
  };
}

function scorePublic() {
  const attacks = readAttacks();
  const harmless = readHarmless();
  const alikes = harmless.filter(({ kind }) => kind === 'look-alike').map(({ text }) => text);
  const others = harmless.filter(({ kind }) => kind === 'other').map(({ text }) => text);
  const hosts = hostTickets.filter((_, i) => i % 5 === 0);
  const inHosts = (texts: readonly string[]) => texts.flatMap((text) => hosts.map((host) => ({ host, text })));
  const taken = inHosts(attacks.map(({ text }) => text)).filter(({ host, text }) => {
    const { body } = read(`${bodyOf(host)}\n\n${text}`, host.subject);
    return inOneLine(body) === inOneLine(bodyOf(host));
  });
  const kept = inHosts(alikes).filter(({ host, text }) =>
    inOneLine(read(`${bodyOf(host)}\n\n${text}`, host.subject).body).startsWith(inOneLine(bodyOf(host))),
  );
  const altered = (texts: readonly string[]) => texts.filter((text) => read(text).setAside.length > 0);
  return {
    attacks_taken_out_of_a_ticket: share(taken.length, attacks.length * hosts.length),
    attacks_found_as_a_whole_message: share(
      attacks.filter(({ text }) => findOrders(text).length > 0).length,
      attacks.length,
    ),
    look_alikes_altered: share(altered(alikes).length, alikes.length),
    look_alikes_blocked: share(alikes.filter((text) => !read(text).hasOwnWords).length, alikes.length),
    ticket_with_look_alike_keeps_its_own_words: share(kept.length, alikes.length * hosts.length),
    other_harmless_altered: share(altered(others).length, others.length),
    ...(shown ? { altered: altered([...alikes, ...others]).map((text) => text.slice(0, 120)) } : {}),
  };
}

const report = {
  starter_en: scoreTickets('en'),
  starter_de: scoreTickets('de'),
  public: hasAttackData() ? scorePublic() : 'left out: the public attacks (shared/data/prompt-injection) are not here',
};
console.log(JSON.stringify(report, null, 2));
