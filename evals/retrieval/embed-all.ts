import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ModelValues, openModel } from '../embedding/open-model.ts';
import type { Embed } from './open-chunks.ts';

/**
 * The vectors of all texts by an ONNX model, kept in `cache` (a folder outside the repository); null without a model.
 */
export async function embedAll(
  values: ModelValues & { readonly cache?: string | undefined },
  texts: readonly string[],
): Promise<Embed | null> {
  if (values.model === '') return null;
  const distinct = [...new Set(texts)];
  const key = createHash('sha256')
    .update(JSON.stringify([values.model, values.weights, distinct]))
    .digest('hex');
  const file = values.cache === undefined ? null : join(values.cache, `vectors-${key.slice(0, 16)}.f32`);
  const rows = file !== null && existsSync(file) ? readRows(file) : await embedFresh(values, distinct);
  if (rows === null) return null;
  if (file !== null) writeFileSync(file, new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength));
  const width = rows.length / distinct.length;
  const at = new Map(distinct.map((text, i) => [text, rows.subarray(i * width, (i + 1) * width)]));
  return (text) => {
    const vector = at.get(text);
    if (vector === undefined) throw new Error(`no vector was made for: ${text.slice(0, 60)}`);
    return vector;
  };
}

async function embedFresh(values: ModelValues, texts: readonly string[]): Promise<Float32Array | null> {
  const model = await openModel(values);
  if (model === null) return null;
  try {
    return await model.embed(texts);
  } finally {
    await model.close();
  }
}

function readRows(file: string): Float32Array {
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
