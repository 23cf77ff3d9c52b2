import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createRandom } from '../../src/ml/index.ts';
import { percentile, rounded } from './measure.ts';
import { openKnowledge, root } from './open-knowledge.ts';
import { readDevQuestions } from './read-questions.ts';

/**
 * Milliseconds of a search with the starter knowledge (162 chunks) and among 10,000 chunks: the starter's beside
 * invented ones, whose words follow the starter's own frequencies with rare new ones among them. Also the longest
 * time the event loop waited while such a knowledge was loaded, and a message of 20,000 characters.
 */
const questions = readDevQuestions();
const { knowledge, close } = await openKnowledge();
await knowledge.syncFolder(join(root, 'starter/knowledge'));
const small = await time();

const folder = mkdtempSync(join(tmpdir(), 'signalbox-speed-'));
await writeInvented();
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const before = performance.now();
await knowledge.syncFolder(folder);
const secondsToLoad = (performance.now() - before) / 1000;
delay.disable();
const large = await time();
const longest = await timeLong();
rmSync(folder, { recursive: true });
await close();
console.log(
  JSON.stringify({
    small,
    large,
    message20000: longest,
    secondsToLoad: rounded(secondsToLoad, 1),
    eventLoop: { p99: rounded(delay.percentile(99) / 1e6, 1), max: rounded(delay.max / 1e6, 1) },
    memoryMb: Math.round(process.memoryUsage().rss / 1024 / 1024),
  }),
);

async function time() {
  const milliseconds: number[] = [];
  for (let round = 0; round < 3; round++) {
    for (const { question, language } of questions) {
      const started = performance.now();
      await knowledge.search(question, { language, limit: 5 });
      if (round > 0) milliseconds.push(performance.now() - started);
    }
  }
  const { chunks } = await knowledge.status();
  return {
    chunks,
    n: milliseconds.length,
    p50: rounded(percentile(milliseconds, 0.5), 2),
    p95: rounded(percentile(milliseconds, 0.95), 2),
  };
}

async function timeLong() {
  const text = questions
    .map((q) => q.question)
    .join(' ')
    .slice(0, 20_000)
    .padEnd(20_000, ' and so on');
  const started = performance.now();
  await knowledge.search(text, { language: 'en', limit: 5 });
  return rounded(performance.now() - started, 1);
}

/** The starter's documents again, and 200 with 49 or 50 sections each. */
async function writeInvented(): Promise<void> {
  const random = createRandom(7).next;
  const words: Record<'en' | 'de', string[]> = { en: [], de: [] };
  const { items } = await knowledge.listDocuments({ limit: 50 });
  for (const item of items) {
    if (item.language === 'other') continue;
    const { text } = await knowledge.readDocument(item.id);
    words[item.language].push(...(text.match(/[\p{L}-]+/gu) ?? []));
    writeFileSync(join(folder, item.source), `---\ntitle: ${item.title}\nlanguage: ${item.language}\n---\n${text}`);
  }
  mkdirSync(join(folder, 'invented'));
  for (let d = 0; d < 200; d++) {
    const language = d % 2 === 0 ? 'en' : 'de';
    const word = () =>
      random() < 0.12
        ? `${words[language][Math.floor(random() * words[language].length)]}${Math.floor(random() * 4_000)
            .toString(26)
            .replace(/\d/g, 'q')}`
        : words[language][Math.floor(random() * words[language].length)]!;
    const sentence = () => `${Array.from({ length: 12 }, word).join(' ')}.`;
    const section = (s: number) => `## ${word()} ${word()} ${s}\n\n${Array.from({ length: 9 }, sentence).join(' ')}\n`;
    const sections = Array.from({ length: 50 }, (_, s) => section(s)).join('\n');
    writeFileSync(
      join(folder, 'invented', `${d}.md`),
      `---\ntitle: Part ${d}\nlanguage: ${language}\n---\n${sections}`,
    );
  }
}
