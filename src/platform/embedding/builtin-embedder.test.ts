import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/support/embedding-stub.ts';
import { learnBuiltinEmbedder, openBuiltinEmbedder } from './builtin-embedder.ts';

const texts = [
  'How do I get my invoice?',
  'The invoice is sent by mail every month.',
  'Where is the bill for last month?',
  'Wie bekomme ich meine Rechnung?',
  'Die Rechnung kommt jeden Monat per Post.',
  'My panel shows an error and does not start.',
  'The panel starts again after the error was cleared.',
  'Das Gerät zeigt einen Fehler und startet nicht.',
];
let file: string;
let model: { id: string; dimension: number };

beforeAll(async () => {
  file = join(temporaryFolder(), 'own.model');
  model = await learnBuiltinEmbedder(texts, { file, dimension: 8, seed: 1 });
});

describe('the builtin embedding model', () => {
  it('is the same whatever the order of the texts, and is opened as it was learned', async () => {
    const again = join(temporaryFolder(), 'again.model');
    expect(await learnBuiltinEmbedder([...texts].reverse(), { file: again, dimension: 8, seed: 1 })).toEqual(model);
    expect(readFileSync(again)).toEqual(readFileSync(file));
    const embedder = await openBuiltinEmbedder(file);
    expect(embedder).toMatchObject({ ...model, id: expect.stringMatching(/^builtin\//) });
    const rows = await embedder.embed(texts);
    for (let i = 0; i < texts.length; i++) expect(Math.hypot(...rows.subarray(i * 8, (i + 1) * 8))).toBeCloseTo(1, 5);
    expect(await embedder.embed([texts[3]!])).toEqual(rows.slice(24, 32));
    await embedder.close();
    await expect(embedder.embed(['a'])).rejects.toMatchObject({ code: 'embedder-closed' });
  });

  it('refuses a damaged file, and a folder that is not there', async () => {
    const damaged = join(temporaryFolder(), 'damaged.model');
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1]! ^= 255;
    writeFileSync(damaged, bytes);
    await expect(openBuiltinEmbedder(damaged)).rejects.toMatchObject({ code: 'model-invalid' });
    const nowhere = join(temporaryFolder(), 'nowhere', 'x.model');
    await expect(learnBuiltinEmbedder(texts, { file: nowhere, dimension: 8, seed: 1 })).rejects.toMatchObject({
      code: 'data-folder',
    });
  });

  it('learning is given up when nobody wants it any more', async () => {
    const stop = new AbortController();
    const learning = learnBuiltinEmbedder(texts, { file, dimension: 8, seed: 1, signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(learning).rejects.toThrow('enough');
  });
});
