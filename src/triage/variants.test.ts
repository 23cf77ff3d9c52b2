import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TextEmbedder } from '../platform/index.ts';
import { variants } from '../ticket/index.ts';
import { classify, explainCategory } from './classify.ts';
import { loadTriageModel, saveTriageModel } from './model-file.ts';
import { trainAndCheck } from './train-classifier.ts';
import { evaluateTriageModel } from './training-metrics.ts';
import { type LabelledTicket, ticketText } from './triage-model.ts';
import { variantNamed } from './variants.ts';

const tickets: LabelledTicket[] = readFileSync(new URL('../../starter/tickets.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))
  .filter((row) => row.split === 'train' && ['Billing', 'Account', 'Legal'].includes(row.category))
  .map(({ subject, body, category, urgency, scenario }) => ({ subject, body, category, urgency, group: scenario }));
const seen = tickets.filter((_, i) => i % 4 === 0);
const unseen = tickets.filter((_, i) => i % 4 === 1);

/** Words hashed into 64 buckets: enough to carry texts through the way of a real embedding model. */
const hashing: TextEmbedder = {
  id: 'hashing-64',
  dimension: 64,
  maxTokens: 1000,
  embed: async (texts) => {
    const out = new Float32Array(texts.length * 64);
    for (const [row, text] of texts.entries()) {
      for (const word of text.toLowerCase().split(/\P{L}+/u)) {
        const at = row * 64 + ([...word].reduce((hash, c) => hash * 31 + c.charCodeAt(0), 7) % 64);
        out[at] = out[at]! + 1;
      }
      const vector = out.subarray(row * 64, row * 64 + 64);
      const length = Math.hypot(...vector) || 1;
      for (let i = 0; i < 64; i++) vector[i] = vector[i]! / length;
    }
    return out;
  },
  close: async () => undefined,
};

describe.each(variants)('the variant %s', (variant) => {
  const embedder = variantNamed(variant).input === 'embedding' ? hashing : null;
  const options = { seed: 3, folds: 3, variant, ...(embedder === null ? {} : { embedder }) };

  it('learns, says what it is, is the same after saving, and the same again', async () => {
    const { model, unseen: guesses } = await trainAndCheck(seen, options);
    expect(model.variant).toBe(variant);
    expect(guesses.map(({ row }) => row)).toEqual(seen.map((_, row) => row));
    const loaded = loadTriageModel(saveTriageModel(model));
    const figures = await evaluateTriageModel(loaded, unseen, embedder);
    const largest = Math.max(...figures.classes.map(({ support }) => support));
    expect(figures.accuracy).toBeGreaterThan(largest / unseen.length + (embedder === null ? 0.25 : 0.05));
    expect(await evaluateTriageModel(model, unseen, embedder)).toEqual(figures);
    const again = await trainAndCheck(seen, options);
    expect(Buffer.from(saveTriageModel(again.model)).equals(saveTriageModel(model))).toBe(true);
  }, 120_000);
});

it('an ensemble explains by its linear members, neighbours name no words', async () => {
  const text = ticketText('Passwort vergessen', 'Ich kann mich nicht anmelden');
  const explain = async (variant: 'ensemble' | 'neighbours') => {
    const { model } = await trainAndCheck(seen, { seed: 1, folds: 2, variant });
    return { cues: classify(model, text).cues, parts: explainCategory(model, text, 'Account') };
  };
  expect((await explain('ensemble')).cues.join(' ')).toMatch(/passwort|anmelden/);
  expect(await explain('neighbours')).toEqual({ cues: [], parts: [] });
}, 60_000);

it('a model of embeddings is refused without its embedding model, in words', async () => {
  const { model } = await trainAndCheck(seen, { seed: 1, folds: 2, variant: 'transformer', embedder: hashing });
  await expect(evaluateTriageModel(model, unseen)).rejects.toThrow(/EMBEDDING_MODEL/);
  await expect(evaluateTriageModel(model, unseen, { ...hashing, id: 'another' })).rejects.toThrow(/hashing-64/);
  await expect(trainAndCheck(seen, { seed: 1, variant: 'transformer' })).rejects.toThrow(/EMBEDDING_MODEL/);
});
