import {
  createDuplicateReader,
  DuplicateWindow,
  type Fingerprint,
  type TextToCompare,
} from '../../src/triage/index.ts';
import type { Figures } from './figures.ts';
import { quantile, round, starterTexts } from './measure.ts';

const sizes = [1_000, 10_000, 100_000];
const searches = 400;

/**
 * Duplicates in a window that grows to 100,000 tickets: mixed ones (half of one starter ticket, half of another), and
 * one flood of alike texts. Words alone, without an embedding model.
 */
export async function duplicateWindow(): Promise<Figures> {
  const mixed = await grow('mixed', mixedText);
  const flood = await grow('flood', floodText);
  return { ...(await readTimes()), ...mixed, ...flood, n: searches };
}

const reader = createDuplicateReader({ embedder: null });

async function readTimes(): Promise<Figures> {
  const times: number[] = [];
  for (let i = 0; i < 3_000; i++) {
    const text = mixedText(i);
    const started = performance.now();
    await reader.read([text]);
    if (i >= 500) times.push(performance.now() - started);
  }
  return { fingerprint_p50_ms: round(quantile(times, 0.5), 3), fingerprint_p95_ms: round(quantile(times, 0.95), 3) };
}

async function grow(name: string, textAt: (i: number) => TextToCompare): Promise<Figures> {
  const figures: Figures = {};
  const window = new DuplicateWindow();
  const asked: Fingerprint[] = [];
  const before = process.memoryUsage();
  for (const size of sizes) {
    while (window.size < size) {
      const at = window.size;
      const [fingerprint] = await reader.read([textAt(at)]);
      if (at % 100 === 0) asked.push(fingerprint!);
      window.add(`${at}`, at, fingerprint!);
    }
    const times: number[] = [];
    for (let i = 0; i < searches; i++) {
      const started = performance.now();
      window.find(asked[(i * 37) % asked.length]!, { since: 0, threshold: 0.9, limit: 10 });
      times.push(performance.now() - started);
    }
    figures[`${name}_${size}_p50_ms`] = round(quantile(times, 0.5), 2);
    figures[`${name}_${size}_p95_ms`] = round(quantile(times, 0.95), 2);
  }
  global.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const grown = heapUsed + arrayBuffers - before.heapUsed - before.arrayBuffers;
  // Held until here, or what was measured would be gone before.
  const mebibytes = window.size === 0 ? 0 : grown / 2 ** 20;
  return { ...figures, [`${name}_100000_memory_mb`]: round(mebibytes, 0) };
}

const texts = starterTexts();
const languages = ['en', 'de'] as const;

function mixedText(i: number): TextToCompare {
  const [one, other] = [texts[i % texts.length]!, texts[(i * 7 + Math.floor(i / texts.length) * 31) % texts.length]!];
  const body = `${one.body.slice(0, one.body.length / 2)} ${other.body.slice(other.body.length / 2)}`;
  return { subject: one.subject, body, language: languages[i % 2]! };
}

const floodText = (i: number): TextToCompare => ({
  subject: '',
  body: `The server is down, we cannot reach production for ${i % 60} minutes, order ${10_000 + i}`,
  language: 'en',
});
