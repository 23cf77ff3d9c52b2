import { afterEach, describe, expect, it } from 'vitest';
import { stubModel, stubPackages, temporaryFolder, writeFiles } from '../../../tests/support/embedding-stub.ts';
import { openOnnxEmbedder } from './open-onnx-embedder.ts';
import type { OnnxEmbedderSettings, TextEmbedder } from './port.ts';

const packageFolder = stubPackages();
const opened: TextEmbedder[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((embedder) => embedder.close()));
});

async function open(
  settings: Partial<OnnxEmbedderSettings> = {},
  files: Readonly<Record<string, string | Uint8Array>> = stubModel(),
): Promise<TextEmbedder> {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  const embedder = await openOnnxEmbedder({ folder, packageFolder, ...settings });
  opened.push(embedder);
  return embedder;
}

/** What the stand-in's vector of a text is, reckoned anew: the mean of [code, 1, place, 0] over its tokens, length 1. */
function expected(text: string): number[] {
  const codes = [1, ...[...text].map((letter) => letter.codePointAt(0)!), 2];
  const row = [codes.reduce((a, b) => a + b), codes.length, codes.reduce((a, _, i) => a + i, 0), 0];
  const length = Math.hypot(...row);
  return row.map((value) => value / length);
}

function expectRows(rows: Float32Array, texts: readonly string[]): void {
  expect(rows).toHaveLength(texts.length * 4);
  texts.flatMap(expected).forEach((value, i) => {
    expect(rows[i]).toBeCloseTo(value, 5);
  });
}

describe('openOnnxEmbedder', { timeout: 30_000 }, () => {
  it('embeds texts of any length in the order they came, in batches', async () => {
    const embedder = await open({ batch: 2 });
    expect(embedder).toMatchObject({ dimension: 4, maxTokens: 16 });
    const texts = ['drucker', 'a', '', 'größe', 'xy', 'ü🙂'];
    expectRows(await embedder.embed(texts), texts);
    expect(await embedder.embed([])).toHaveLength(0);
  });

  it('reads the first tokens of a long text and its closing token', async () => {
    const embedder = await open({ maxTokens: 5 });
    expectRows(await embedder.embed(['abcdefgh'.repeat(3000)]), ['abc']);
  });

  it('reads a text whose last character is broken', async () => {
    const embedder = await open();
    expectRows(await embedder.embed(['a\ud83d']), ['a\ufffd']);
  });

  it('lower-cases where the model wants it', async () => {
    const embedder = await open({}, { ...stubModel(), 'sentence_bert_config.json': '{"do_lower_case": true}' });
    expectRows(await embedder.embed(['ÄB']), ['äb']);
  });

  it('takes vectors that the graph has pooled itself', async () => {
    const embedder = await open({}, stubModel(['input_ids', 'attention_mask'], 'sentence_embedding'));
    expect(embedder.dimension % 4).toBe(0);
  });

  it('has switched off what the runtime would report to its maker', async () => {
    // In the environment of the process, where native code looks; a thread's own copy would not do.
    delete process.env['ORT_DISABLE_TELEMETRY'];
    await open();
    expect(process.env['ORT_DISABLE_TELEMETRY']).toBe('1');
  });

  it('serves several at once', async () => {
    const embedder = await open({ batch: 1 });
    const all = await Promise.all([embedder.embed(['ab', 'c']), embedder.embed(['d'])]);
    expectRows(all[0], ['ab', 'c']);
    expectRows(all[1], ['d']);
  });

  it('says what failed, never the text, and goes on', async () => {
    const embedder = await open();
    const failure = await embedder.embed(['secret ⚡']).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'model-invalid',
      message: 'The embedding model failed: Non-zero status code',
    });
    expectRows(await embedder.embed(['a']), ['a']);
  });

  it('gives up when its time is over, though the model still works', async () => {
    const embedder = await open();
    await expect(embedder.embed(['⏳'], { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });

  it('refuses what waits when the thread ends', async () => {
    const embedder = await open();
    const [waiting, next] = [embedder.embed(['☠']), embedder.embed(['a'])];
    await expect(waiting).rejects.toMatchObject({ code: 'embedder-closed' });
    await expect(next).rejects.toMatchObject({ code: 'embedder-closed' });
    await expect(embedder.embed(['b'])).rejects.toMatchObject({ code: 'embedder-closed' });
  });

  it('is closed once, and says so', async () => {
    const embedder = await open();
    await Promise.all([embedder.close(), embedder.close()]);
    await embedder.close();
    await expect(embedder.embed(['a'])).rejects.toMatchObject({
      code: 'embedder-closed',
      message: 'The embedding model was closed.',
    });
  });
});

describe('what openOnnxEmbedder refuses', { timeout: 30_000 }, () => {
  const refusal = (code: string, message: RegExp) => ({ code, message: expect.stringMatching(message) });

  it('names the command that installs the package where it is not', async () => {
    const empty = temporaryFolder();
    const command = /npm install --ignore-scripts --prefix ".*" @huggingface\/transformers@4\.3\.1/;
    await expect(open({ packageFolder: empty })).rejects.toMatchObject(refusal('package-missing', command));
  });

  it('says so when the package is broken', async () => {
    const broken = temporaryFolder();
    writeFiles(broken, { 'node_modules/@huggingface/transformers/index.js': 'throw new Error("half installed")' });
    await expect(open({ packageFolder: broken })).rejects.toMatchObject(
      refusal('package-missing', /half installed.*npm install/),
    );
  });

  it.each([
    ['a missing file', { 'tokenizer.json': undefined }, /tokenizer\.json is missing/],
    ['a broken tokeniser', { 'tokenizer.json': '{"unknown": 1}' }, /tokenizer\.json is damaged.*of an unknown kind/],
    ['a broken model', { 'onnx/model.onnx': 'not a model' }, /model\.onnx is damaged or no ONNX model/],
    ['a model of another kind', stubModel(['input_ids', 'pixel_values']), /pixel_values: it is no text encoder/],
    ['a model without token states', stubModel(['input_ids', 'attention_mask'], 'logits'), /It gives logits;/],
  ])('refuses %s', async (_, changes, message) => {
    const files = Object.entries({ ...stubModel(), ...changes }).filter(([, content]) => content !== undefined);
    const given = Object.fromEntries(files) as Record<string, string>;
    await expect(open({}, given)).rejects.toMatchObject(refusal('model-invalid', message));
  });

  it.each([
    ['neither folder nor name', {}, /one of both/],
    ['both', { folder: 'a', model: 'b/c' }, /one of both/],
    ['a batch of none', { folder: 'a', batch: 0 }, /batch .* not 0/],
    ['half a token', { folder: 'a', maxTokens: 1.5 }, /maxTokens .* not 1\.5/],
  ])('refuses %s', async (_, settings, message) => {
    await expect(openOnnxEmbedder(settings)).rejects.toMatchObject(refusal('config-invalid', message));
  });

  it('gives up opening when told to', async () => {
    const control = new AbortController();
    const opening = openOnnxEmbedder({ folder: temporaryFolder(), packageFolder }, { signal: control.signal });
    control.abort(new Error('no longer wanted'));
    await expect(opening).rejects.toThrow('no longer wanted');
    await expect(openOnnxEmbedder({ folder: 'a' }, { signal: control.signal })).rejects.toThrow('no longer wanted');
  });
});
