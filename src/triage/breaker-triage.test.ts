import { readFileSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type StubEmbedder, stubEmbedder } from '../../tests/support/stub-embedder.ts';
import type { Taxonomy } from '../ticket/index.ts';
import { type BreakerHears, type GuardedTriage, guardTriage, mostInCall } from './breaker-triage.ts';
import { createTriage, type Triage } from './create-triage.ts';
import { trainTriageModel } from './train-classifier.ts';
import type { TriageModel } from './triage-model.ts';

const taxonomy: Taxonomy = JSON.parse(readFileSync(new URL('../../starter/taxonomy.json', import.meta.url), 'utf8'));
const settings = { timeoutMs: 500, failures: 3, cooldownMs: 10_000 };
const rows = Array.from({ length: 48 }, (_, i) => ({
  subject: ['Invoice', 'Passwort'][i % 2]!,
  body: `${['the invoice is wrong, die Rechnung stimmt nicht', 'password lost, ich kann mich nicht anmelden'][i % 2]} ${i}`,
  category: ['Billing', 'Account'][i % 2]!,
}));
const german = { subject: '', body: 'Die Rechnung stimmt nicht.', language: 'de' as const };
const english = { subject: '', body: 'My invoice is wrong.', language: 'en' as const };

let model: TriageModel;
let fast: Triage;
beforeAll(async () => {
  const training = { seed: 1, folds: 2 };
  model = await trainTriageModel(rows, { ...training, variant: 'transformer', embedder: stubEmbedder('stub') });
  fast = createTriage(await trainTriageModel(rows, { ...training, variant: 'logreg' }), taxonomy);
}, 30_000);

let embedder: StubEmbedder;
let triage: GuardedTriage;
let heard: [string, number][];
const hears: BreakerHears = {
  transition: (to) => heard.push([to, 0]),
  fallback: (why, texts) => heard.push([why, texts]),
};
const guard = (fastModel: Triage | null) =>
  guardTriage(
    createTriage(model, taxonomy, embedder),
    { ask: () => fastModel, variant: fastModel?.variant ?? null },
    settings,
    hears,
  );
beforeEach(() => {
  vi.useFakeTimers();
  heard = [];
  embedder = stubEmbedder('stub');
  triage = guard(fast);
});
afterEach(() => {
  vi.useRealTimers();
});

const broken = new Error('out of memory');
const never = new Promise<void>(() => undefined);

describe.each([
  ['de', german],
  ['en', english],
])('a model that fails (%s)', (_, text) => {
  it('is not noticed while it works', async () => {
    expect(await triage.assess(text)).toMatchObject({ modelUsed: 'transformer', modelVersion: model.version });
    expect(heard).toEqual([]);
  });

  it('leaves the ticket to the fast model, whose verdict it is but for the name', async () => {
    embedder.behave = { fail: broken };
    const verdict = await triage.assess(text);
    expect(verdict).toEqual({ ...(await fast.assess(text)), modelUsed: 'logreg (fallback)' });
    expect(verdict).toMatchObject({ category: 'Billing', modelVersion: fast.version });
    expect(triage.failure()).toBe('out of memory');
    expect(heard).toEqual([['failed', 1]]);
  });

  it('hangs: no ticket waits longer than the time-out, and after three none waits at all', async () => {
    embedder.behave = { until: never };
    for (let i = 0; i < 3; i++) {
      const asked = triage.assess(text);
      await vi.advanceTimersByTimeAsync(500);
      expect(await asked).toMatchObject({ modelUsed: 'logreg (fallback)' });
    }
    expect(triage.breaker()).toBe('open');
    const { calls } = embedder;
    const many = await Promise.all(Array.from({ length: 100 }, () => triage.assess(text)));
    expect(many.every(({ modelUsed }) => modelUsed === 'logreg (fallback)')).toBe(true);
    expect(embedder.calls).toBe(calls);
  });

  it('comes back: one ticket tries it while the others are read by the fast one', async () => {
    embedder.behave = { fail: broken };
    for (let i = 0; i < 3; i++) await triage.assess(text);
    const back = Promise.withResolvers<void>();
    embedder.behave = { until: back.promise };
    await vi.advanceTimersByTimeAsync(10_000);
    const { calls } = embedder;
    const asked = Promise.all(Array.from({ length: 10 }, () => triage.assess(text)));
    await vi.advanceTimersByTimeAsync(100);
    back.resolve();
    const used = (await asked).map(({ modelUsed }) => modelUsed);
    expect(used.filter((name) => name === 'transformer')).toHaveLength(1);
    expect(embedder.calls).toBe(calls + 1);
    expect(triage.breaker()).toBe('closed');
    expect(await triage.assess(text)).toMatchObject({ modelUsed: 'transformer' });
    expect(heard.filter(([, texts]) => texts === 0).map(([to]) => to)).toEqual(['open', 'half-open', 'closed']);
  });
});

describe('a batch', () => {
  const refuse = (poison: string) => {
    const inner = embedder.embed.bind(embedder);
    embedder.embed = (texts, options) =>
      texts.some((text) => text.includes(poison)) ? Promise.reject(broken) : inner(texts, options);
    triage = guard(fast);
  };

  it('loses the better model only for the text that it can’t bear', async () => {
    refuse('poison');
    const texts = [german, { ...english, body: 'poison invoice' }, english];
    const verdicts = await triage.assessAll(texts);
    expect(verdicts.map(({ modelUsed }) => modelUsed)).toEqual(['transformer', 'logreg (fallback)', 'transformer']);
    expect(triage.breaker()).toBe('closed');
  });

  it('keeps its order in calls of sixteen, of which a slow one costs its own texts alone', async () => {
    const inner = embedder.embed.bind(embedder);
    embedder.embed = (texts, options) =>
      texts.some((text) => text.includes('slow')) ? new Promise(() => undefined) : inner(texts, options);
    triage = guard(fast);
    const texts = Array.from({ length: 3 * mostInCall }, (_, i) => ({
      ...english,
      body: i === mostInCall + 3 ? 'slow invoice' : [english.body, 'I lost my password'][i % 2]!,
    }));
    const asked = triage.assessAll(texts);
    await vi.advanceTimersByTimeAsync(500);
    const verdicts = await asked;
    const kinds = verdicts.map(({ modelUsed }) => modelUsed);
    expect(kinds.slice(0, mostInCall).every((name) => name === 'transformer')).toBe(true);
    expect(kinds.slice(mostInCall, 2 * mostInCall).every((name) => name === 'logreg (fallback)')).toBe(true);
    expect(kinds.slice(2 * mostInCall).every((name) => name === 'transformer')).toBe(true);
    expect(verdicts.map(({ category }) => category)).toEqual(
      texts.map(({ body }) => (body.includes('password') ? 'Account' : 'Billing')),
    );
  });

  it('of a hundred waits for three time-outs at most', async () => {
    embedder.behave = { until: never };
    const asked = triage.assessAll(Array.from({ length: 100 }, () => german));
    await vi.advanceTimersByTimeAsync(1500);
    expect((await asked).map(({ modelUsed }) => modelUsed)).toEqual(Array(100).fill('logreg (fallback)'));
    expect(embedder.calls).toBe(3);
  });

  it('of none asks nobody', async () => {
    embedder.behave = { fail: broken };
    expect(await triage.assessAll([])).toEqual([]);
  });
});

it('says what failed where there is no fast model, closed and open', async () => {
  triage = guard(null);
  embedder.behave = { fail: broken };
  for (let i = 0; i < 3; i++) await expect(triage.assess(german)).rejects.toThrow(/out of memory/);
  expect(triage.breaker()).toBe('open');
  await expect(triage.assess(german)).rejects.toThrow(/out of memory/);
  expect(triage.standIn()).toBeNull();
  expect(triage.assessWithoutModel(german)).toMatchObject({ modelUsed: 'none', abstained: true });
});
