import { readFileSync } from 'node:fs';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TextEmbedder } from '../platform/index.ts';
import { SignalboxError, type Taxonomy } from '../ticket/index.ts';
import { createTriage } from './create-triage.ts';
import { embedTexts } from './embed-texts.ts';
import { trainTriageModel } from './train-classifier.ts';
import type { TriageModel } from './triage-model.ts';

const taxonomy: Taxonomy = JSON.parse(readFileSync(new URL('../../starter/taxonomy.json', import.meta.url), 'utf8'));

/** Two numbers a text: whether it speaks of money, and whether of a password. */
const words: TextEmbedder = {
  id: 'two-words',
  dimension: 2,
  maxTokens: 100,
  embed: async (texts) =>
    Float32Array.from(texts.flatMap((text) => (/invoice|rechnung/i.test(text) ? [1, 0.1] : [0.1, 1]))),
  close: async () => undefined,
};
const dead: TextEmbedder = {
  ...words,
  embed: () => Promise.reject(new SignalboxError('embedder-closed', 'The thread ended.')),
};
/** Answers nothing until it is given up. */
const hanging: TextEmbedder = {
  ...words,
  embed: (_, { signal } = {}) =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
};

let model: TriageModel;
beforeAll(async () => {
  const rows = Array.from({ length: 40 }, (_, i) => ({
    subject: i % 2 === 0 ? 'Invoice' : 'Passwort',
    body: `${i % 2 === 0 ? 'the invoice is wrong' : 'ich kann mich nicht anmelden'}, case ${i}`,
    category: i % 2 === 0 ? 'Billing' : 'Account',
  }));
  model = await trainTriageModel(rows, { seed: 1, folds: 2, variant: 'transformer', embedder: words });
}, 30_000);
afterEach(() => {
  vi.useRealTimers();
});

describe('embedTexts', () => {
  it('gives each text its own vector', async () => {
    const vectors = await embedTexts(model, words, ['my invoice', 'Passwort', 'Rechnung']);
    expect(vectors.map(([money]) => money! > 0.5)).toEqual([true, false, true]);
  });

  it('gives up an embedding model that hangs, in words', async () => {
    vi.useFakeTimers();
    const asked = embedTexts(model, hanging, ['my invoice'], { milliseconds: 5_000 });
    const outcome = expect(asked).rejects.toMatchObject({
      code: 'embedder-closed',
      message: expect.stringMatching(/5 s/),
    });
    await vi.advanceTimersByTimeAsync(5_000);
    await outcome;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no timer behind an answer', async () => {
    vi.useFakeTimers();
    await embedTexts(model, words, ['my invoice'], { milliseconds: 5_000 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['none', null, /two-words; name its folder with EMBEDDING_MODEL/],
    ['another', { ...words, id: 'other' }, /trained with the embedding model two-words, EMBEDDING_MODEL is other/],
  ])('refuses %s where the model wants its own', async (_, given, message) => {
    await expect(embedTexts(model, given, ['my invoice'])).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringMatching(message),
    });
    expect(() => createTriage(model, taxonomy, given)).toThrow(message);
  });
});

describe('triage whose embedding model fails', () => {
  const ticket = {
    subject: 'Alarm',
    body: 'Die Produktion steht, alle Server sind ausgefallen.',
    language: 'de' as const,
  };

  it('says why until it works again', async () => {
    let now = dead;
    const triage = createTriage(model, taxonomy, { ...words, embed: (texts, options) => now.embed(texts, options) });
    expect(triage.failure()).toBeNull();
    await expect(triage.assess(ticket)).rejects.toMatchObject({ code: 'embedder-closed' });
    expect(triage.failure()).toBe('The thread ended.');
    now = words;
    expect(await triage.assess({ ...ticket, subject: 'Rechnung' })).toMatchObject({
      category: 'Billing',
      modelUsed: 'transformer',
    });
    expect(triage.failure()).toBeNull();
  });

  it('does not hang with it', async () => {
    vi.useFakeTimers();
    const triage = createTriage(model, taxonomy, hanging);
    const outcome = expect(triage.assess(ticket)).rejects.toMatchObject({ code: 'embedder-closed' });
    await vi.advanceTimersByTimeAsync(120_000);
    await outcome;
  });

  it.each([
    ['de', ticket],
    ['en', { ...ticket, body: 'Production is down, all servers have failed.', language: 'en' as const }],
  ])('still knows what needs no model, and trusts no category (%s)', async (_, text) => {
    const blind = createTriage(model, taxonomy, dead).assessWithoutModel(text);
    expect(blind).toMatchObject({
      abstained: true,
      confidence: 0,
      intent: 'unknown',
      modelUsed: 'none',
      priority: 'high',
    });
    expect(blind.urgencyScore).toBeGreaterThan(0.8);
    expect(blind.personReasons).toContain('outage-report');
    expect(taxonomy.categories.map(({ name }) => name)).toContain(blind.category);
    const seeing = await createTriage(model, taxonomy, words).assess(text);
    for (const part of ['sentiment', 'signals', 'personReasons', 'urgencyCues'] as const)
      expect(blind[part]).toEqual(seeing[part]);
  });
});
