import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from '../../../tests/support/embedding-stub.ts';
import { tinyOnnxModel, tinyTokeniser } from '../../../tests/support/tiny-onnx.ts';
import { openOnnxEmbedder } from './open-onnx-embedder.ts';
import type { OnnxEmbedderSettings, TextEmbedder } from './port.ts';

/**
 * The real runtime and tokeniser. Runs where the optional package is installed in the project, or in the folder that
 * EMBEDDING_PACKAGE_FOLDER names; the last test needs all-MiniLM-L6-v2 in EMBEDDING_MODEL_FOLDER, too.
 */
const packageFolder = process.env['EMBEDDING_PACKAGE_FOLDER'];
const modelFolder = process.env['EMBEDDING_MODEL_FOLDER'] ?? '';

function packageIsThere(): boolean {
  try {
    const from = packageFolder === undefined ? import.meta.url : join(packageFolder, 'package.json');
    createRequire(from).resolve('@huggingface/transformers');
    return true;
  } catch {
    return false;
  }
}

const opened: TextEmbedder[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((embedder) => embedder.close()));
});

async function open(settings: OnnxEmbedderSettings): Promise<TextEmbedder> {
  const embedder = await openOnnxEmbedder({ ...settings, ...(packageFolder === undefined ? {} : { packageFolder }) });
  opened.push(embedder);
  return embedder;
}

function dot(rows: Float32Array, a: number, b: number): number {
  const d = rows.length / 6;
  return rows.subarray(a * d, (a + 1) * d).reduce((sum, value, i) => sum + value * rows[b * d + i]!, 0);
}

describe.skipIf(!packageIsThere())(
  'the real runtime (skipped where @huggingface/transformers is not installed)',
  () => {
    /** Words point where their row of the table says; special tokens but [UNK] have no direction of their own. */
    const table = Float32Array.of(9, 9, 0, 0, 0, 0, -1, -1, 1, 0, 0, 1, 3, 4);

    function tinyModel(model: Uint8Array = tinyOnnxModel(table, 2)): string {
      const folder = temporaryFolder();
      writeFiles(folder, { ...tinyTokeniser(['drucker', 'kaputt', 'größe']), 'onnx/model.onnx': model });
      return folder;
    }

    it('embeds in German and English, with padding and a cut', async () => {
      const embedder = await open({ folder: tinyModel(), batch: 3 });
      expect(embedder).toMatchObject({ dimension: 2, maxTokens: 6 });
      const rows = await embedder.embed(['Drucker', 'drucker kaputt', 'Größe fremd', 'kaputt '.repeat(4000)]);
      const half = Math.SQRT1_2;
      [1, 0, half, half, 0.554_7, 0.832_05, 0, 1].forEach((value, i) => {
        expect(rows[i]).toBeCloseTo(value, 5);
      });
    });

    it('says that a model file is broken', async () => {
      const whole = tinyOnnxModel(table, 2);
      for (const model of [whole.subarray(0, whole.length >> 1), new TextEncoder().encode('not a model')])
        await expect(open({ folder: tinyModel(model) })).rejects.toMatchObject({
          code: 'model-invalid',
          message: expect.stringMatching(/model\.onnx is damaged or no ONNX model/),
        });
    });

    it('says that a tokeniser is broken', async () => {
      const folder = tinyModel();
      writeFiles(folder, { 'tokenizer.json': '{"model": {"type": "NoSuchThing"}}' });
      await expect(open({ folder })).rejects.toMatchObject({
        code: 'model-invalid',
        message: expect.stringMatching(/tokenizer\.json is damaged/),
      });
    });

    it('opens and closes again and again', async () => {
      const folder = tinyModel();
      const ids = new Set<string>();
      for (let i = 0; i < 3; i++) {
        const embedder = await open({ folder });
        ids.add(embedder.id);
        const waiting = embedder.embed(['kaputt '.repeat(300)]);
        waiting.catch(() => {});
        await embedder.close();
        await expect(waiting).rejects.toMatchObject({ code: 'embedder-closed' });
      }
      expect(ids.size).toBe(1);
    });

    it.skipIf(!existsSync(modelFolder))(
      'puts what means the same near (skipped where EMBEDDING_MODEL_FOLDER names no model)',
      async () => {
        const embedder = await open({ folder: modelFolder });
        const rows = await embedder.embed([
          'My printer is broken.',
          'The printer does not work.',
          'I want my money back.',
          'Please refund me.',
          '',
          'x'.repeat(20_000),
        ]);
        expect(dot(rows, 0, 0)).toBeCloseTo(1, 5);
        expect(dot(rows, 0, 1)).toBeGreaterThan(0.7);
        expect(dot(rows, 2, 3)).toBeGreaterThan(dot(rows, 0, 3) + 0.2);
      },
    );
  },
);
