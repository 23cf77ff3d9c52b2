import { z } from 'zod';
import { SignalboxError } from '../../ticket/index.ts';

const reply = z.object({
  data: z.array(z.object({ index: z.int().nonnegative(), embedding: z.array(z.number()).min(1) })),
});

/**
 * The vectors of an embedding server's reply in the order of the texts, each brought to length 1 (servers differ).
 * Python servers write NaN, which is no JSON, or null.
 *
 * @throws SignalboxError `model-invalid` that says what is wrong with the reply and never repeats it
 */
export function readVectors(
  body: string,
  wanted: { readonly rows: number; readonly dimension: number | null },
): Float32Array[] {
  const parsed = reply.safeParse(parse(body));
  if (!parsed.success) throw unusable('it is not a list of vectors of finite numbers');
  const { data } = parsed.data;
  if (data.length !== wanted.rows) throw unusable(`${wanted.rows} texts were sent and ${data.length} vectors came`);
  const rows: Float32Array[] = new Array(wanted.rows);
  const dimension = wanted.dimension ?? data[0]!.embedding.length;
  for (const { index, embedding } of data) {
    if (index >= wanted.rows || rows[index] !== undefined) throw unusable('its vectors are not numbered as the texts');
    if (embedding.length !== dimension)
      throw unusable(
        `a vector has ${embedding.length} numbers instead of ${dimension}; its model seems to be another one now`,
      );
    rows[index] = toUnit(embedding);
  }
  return rows;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function toUnit(numbers: readonly number[]): Float32Array {
  const length = Math.hypot(...numbers);
  if (!Number.isFinite(length) || length === 0) throw unusable('a vector is all zeros or beyond all measure');
  return Float32Array.from(numbers, (x) => x / length);
}

const unusable = (why: string) =>
  new SignalboxError('model-invalid', `The reply of the embedding server cannot be used: ${why}.`);
