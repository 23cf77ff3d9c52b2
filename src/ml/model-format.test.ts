import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SavedState } from './estimator.ts';
import { parseModel, serialiseModel } from './model-format.ts';

const checksum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const model: SavedState = {
  header: { kind: 'sample', labels: ['Größe', 'b'], metrics: { f1: 0.5 } },
  sections: {
    odd: Uint8Array.of(1, 2, 3),
    weights: Float32Array.of(1.5, -0, Number.NaN, Number.POSITIVE_INFINITY, 1e-45),
    idf: Float64Array.of(Math.PI),
    hashes: Int32Array.of(-1, 2 ** 31 - 1),
    names: Uint16Array.of(0xd800, 228),
    empty: new Float64Array(0),
  },
};
const file = serialiseModel(model, checksum);

function reasonOf(bytes: Uint8Array): string {
  const parsed = parseModel(bytes, checksum);
  return parsed.ok ? 'accepted' : parsed.reason;
}

describe('the model file', () => {
  it('gives back header and sections bit for bit', () => {
    const parsed = parseModel(file, checksum);
    if (!parsed.ok) throw new Error(parsed.reason);
    expect(parsed.value.header).toEqual(model.header);
    expect(Object.keys(parsed.value.sections)).toEqual(Object.keys(model.sections));
    for (const [name, section] of Object.entries(model.sections)) {
      const back = parsed.value.sections[name]!;
      expect(back.constructor).toBe(section.constructor);
      expect(new Uint8Array(back.buffer, back.byteOffset, back.byteLength)).toEqual(
        new Uint8Array(section.buffer, section.byteOffset, section.byteLength),
      );
    }
    expect(parsed.value.checksum).toBe(checksum(file.subarray(0, file.length - 64)));
  });

  it('reads from any place in a buffer', () => {
    const shifted = new Uint8Array(file.length + 3);
    shifted.set(file, 3);
    expect(reasonOf(shifted.subarray(3))).toBe('accepted');
  });

  it('refuses what is not a model, or nothing', () => {
    expect(reasonOf(new TextEncoder().encode('PK\u0003\u0004 some archive, long enough'))).toMatch(
      /not a Signalbox model/,
    );
    expect(reasonOf(new Uint8Array(0))).toMatch(/not a Signalbox model/);
  });

  it('refuses another format version and names both', () => {
    const newer = file.slice();
    new DataView(newer.buffer).setUint32(8, 7, true);
    expect(reasonOf(newer)).toMatch(/format 7.*format 1/);
  });

  it('refuses every cut and every addition', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: file.length - 1 }), (length) => {
        expect(reasonOf(file.subarray(0, length))).toMatch(/cut short|not a Signalbox model/);
      }),
    );
    const longer = new Uint8Array(file.length + 1);
    longer.set(file);
    expect(reasonOf(longer)).toMatch(/behind its end/);
  });

  it('refuses any single changed byte', () => {
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const altered = file.slice();
        altered[at] = altered[at]! ^ change;
        expect(reasonOf(altered)).not.toBe('accepted');
      }),
    );
  });

  it('refuses a section that reaches out of the file although the checksum fits', () => {
    const text = JSON.stringify({ sections: [{ name: 'x', type: 'f64', offset: 0, length: 9 }] }).padEnd(72);
    const bytes = new Uint8Array(24 + 72 + 64);
    bytes.set(new TextEncoder().encode('SBXMODEL'));
    const view = new DataView(bytes.buffer);
    [1, 72, 0, 64].forEach((number, i) => {
      view.setUint32(8 + 4 * i, number, true);
    });
    bytes.set(new TextEncoder().encode(text), 24);
    bytes.set(new TextEncoder().encode(checksum(bytes.subarray(0, 96))), 96);
    expect(reasonOf(bytes)).toMatch(/"x" reaches behind the end/);
  });
});
