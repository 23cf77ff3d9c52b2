import type { Figures } from './figures.ts';
import { quantile, round, startServer, temporaryFolder } from './measure.ts';

const questions = [
  'How long do I have to return the Panel?',
  'Wie lange kann ich das Panel zurückgeben?',
  'Where do I find my invoices?',
  'Wo finde ich meine Rechnungen?',
  'What does the error QH-1042 mean and what can I do about it?',
  'Was bedeutet der Fehler QH-1042?',
  'How do I change the owner of the workspace?',
  'Wie ändere ich den Inhaber des Arbeitsbereichs?',
  'What is the capital of Australia?',
  'Ich möchte mit einem Menschen sprechen.',
];
const requests = 600;

/** `POST /answer` without a language model: the whole way, every step stored. */
export async function answerWithoutModel(): Promise<Figures> {
  const folder = temporaryFolder();
  const server = await startServer(folder.path);
  const times: number[] = [];
  let failed = 0;
  const ask = async (i: number) => {
    const started = performance.now();
    const response = await fetch(`${server.url}/answer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message: questions[i % questions.length] }),
    });
    await response.arrayBuffer();
    if (response.ok) times.push(performance.now() - started);
    else failed++;
  };
  const measure = async (connections: number) => {
    times.length = 0;
    const lane = async (first: number) => {
      for (let i = first; i < requests; i += connections) await ask(i);
    };
    await Promise.all(Array.from({ length: connections }, (_, first) => lane(first)));
    return [...times];
  };
  try {
    for (let i = 0; i < 40; i++) await ask(i);
    const alone = await measure(1);
    const together = await measure(4);
    return { ...named(alone, 'one_connection'), ...named(together, 'four_connections'), n: requests, not_200: failed };
  } finally {
    await server.stop();
    folder.remove();
  }
}

function named(times: readonly number[], name: string): Figures {
  const at = (share: number) => round(quantile(times, share));
  return { [`${name}_p50_ms`]: at(0.5), [`${name}_p95_ms`]: at(0.95), [`${name}_p99_ms`]: at(0.99) };
}
