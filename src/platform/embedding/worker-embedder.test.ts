import { Worker } from 'node:worker_threads';
import { afterEach, expect, it, vi } from 'vitest';
import type { TextEmbedder } from './port.ts';
import { openReopeningEmbedder } from './reopen-embedder.ts';
import { openInWorker } from './worker-embedder.ts';

/** Answers a text by its length; one that says "hang" keeps the thread busy for good. */
const thread = `
const { parentPort } = require('node:worker_threads');
parentPort.postMessage({ ready: { id: 'length', dimension: 1, maxTokens: 9 } });
parentPort.on('message', ({ batch, texts, close }) => {
  if (close) process.exit(0);
  while (texts.some((text) => text.includes('hang')));
  parentPort.postMessage({ batch, rows: Float32Array.from(texts, (text) => text.length) });
});`;

const open = (hangsMs: number) => openInWorker(new Worker(thread, { eval: true }), { batch: 1, hangsMs });
let embedder: TextEmbedder;
afterEach(() => {
  vi.useRealTimers();
  return embedder.close();
});

it('ends a thread that hangs, and tells those who wait for it', async () => {
  embedder = await open(300);
  const waiting = ['hang', 'next'].map((text) => embedder.embed([text]));
  for (const one of waiting)
    await expect(one).rejects.toMatchObject({ code: 'embedder-closed', message: expect.stringMatching(/0\.3 s/) });
});

it('ends one whose batch was given up by who asked, so that the next text finds a new thread', async () => {
  embedder = await openReopeningEmbedder(() => open(300));
  await expect(embedder.embed(['hang'], { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
    name: 'TimeoutError',
  });
  await expect(embedder.embed(['behind it'])).rejects.toMatchObject({ code: 'embedder-closed' });
  expect(await embedder.embed(['four'])).toEqual(Float32Array.of(4));
});

it('leaves one alone that answers, however long nothing is asked of it', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  embedder = await open(200);
  expect(await embedder.embed(['a'])).toEqual(Float32Array.of(1));
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(1000);
  expect(await embedder.embed(['bb'])).toEqual(Float32Array.of(2));
});
