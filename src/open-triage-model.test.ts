import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from '../tests/support/embedding-stub.ts';
import { serialiseModel } from './ml/index.ts';
import { loadModelFile, openTriageModel, requireKnownCategories } from './open-triage-model.ts';
import { readTaxonomy } from './starter.ts';
import { saveTriageModel, type TriageModel, trainTriageModel } from './triage/index.ts';

const folder = temporaryFolder();
const taxonomy = readTaxonomy();
const settings = {
  dataFolder: folder,
  MODEL_VARIANT: 'union',
  EMBEDDING_MODEL: undefined,
  EMBEDDING_REMOTE: false,
} as const;

function train(
  rename: (category: string) => string,
  variant: 'logreg' | 'transformer' = 'logreg',
): Promise<TriageModel> {
  const rows = Array.from({ length: 24 }, (_, i) => ({
    subject: '',
    body: `${['invoice wrong', 'Passwort vergessen', 'please refund'][i % 3]} case ${i}`,
    category: rename(['Billing', 'Account', 'Refund'][i % 3]!),
  }));
  const embedder = {
    id: 'length',
    dimension: 1,
    maxTokens: 9,
    embed: async (texts: readonly string[]) => Float32Array.from(texts, (text) => text.length / 50),
    close: async () => undefined,
  };
  return trainTriageModel(rows, { seed: 1, folds: 2, variant, ...(variant === 'transformer' && { embedder }) });
}

let model: TriageModel;
beforeAll(async () => {
  model = await train((category) => category);
}, 30_000);

describe('openTriageModel', () => {
  it('takes the model of MODEL_FILE before that of MODEL_VARIANT', async () => {
    writeFiles(folder, { 'own.model': saveTriageModel(model) });
    const opened = await openTriageModel({ ...settings, MODEL_FILE: join(folder, 'own.model') }, () => undefined);
    expect(opened).toMatchObject({ model: { version: model.version, variant: 'logreg' }, embedder: null });
  });

  it('leaves it to triage to say that an embedding model is missing: it knows which', async () => {
    writeFiles(folder, { 'embedding.model': saveTriageModel(await train((category) => category, 'transformer')) });
    const MODEL_FILE = join(folder, 'embedding.model');
    const opened = await openTriageModel({ ...settings, MODEL_FILE }, () => undefined);
    expect(opened).toMatchObject({ model: { embedder: { id: 'length', dimension: 1 } }, embedder: null });
  });
});

describe('loadModelFile', () => {
  const refused = (path: string, words: RegExp): void => {
    const message = expect.stringMatching(words);
    let thrown: unknown;
    try {
      loadModelFile(path);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'model-invalid', message });
    expect(thrown).toMatchObject({ message: expect.stringMatching(/Make one with: signalbox train/) });
  };

  it('refuses a path without a file, and a folder', () => {
    refused(join(folder, 'none.model'), /There is no model .*none\.model/);
    refused(folder, /cannot be read \(EISDIR\)/);
  });

  it('refuses a file that is whole but lacks parts, without a stack', () => {
    const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    writeFiles(folder, {
      'bare.model': serialiseModel({ header: { kind: 'triage-2', variant: 'svc' }, sections: {} }, hash),
    });
    refused(join(folder, 'bare.model'), /bare\.model cannot be used\./);
  });
});

describe('requireKnownCategories', () => {
  it('takes categories that have a department, all or some of them', () => {
    expect(() => requireKnownCategories(model, taxonomy)).not.toThrow();
  });

  it('names what is foreign, five at most, and what is ours', async () => {
    const foreign = await train((category) => (category === 'Refund' ? 'Rückgabe' : category));
    expect(() => requireKnownCategories(foreign, taxonomy)).toThrow(
      /none of ours: Rückgabe\. Ours are Billing, .*unset MODEL_FILE/,
    );
    const many = { ...model, classes: ['a', 'b', 'c', 'd', 'e', 'f'] };
    expect(() => requireKnownCategories(many, taxonomy)).toThrow(/none of ours: a, b, c, d, e\. /);
  });
});
