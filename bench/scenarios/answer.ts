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
const connections = 4;

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
  try {
    for (let i = 0; i < 40; i++) await ask(i);
    times.length = 0;
    await Promise.all(
      Array.from({ length: connections }, async (_, lane) => {
        for (let i = lane; i < requests; i += connections) await ask(i);
      }),
    );
    return {
      p50_ms: round(quantile(times, 0.5)),
      p95_ms: round(quantile(times, 0.95)),
      p99_ms: round(quantile(times, 0.99)),
      n: times.length,
      connections,
      not_200: failed,
    };
  } finally {
    await server.stop();
    folder.remove();
  }
}
