import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readLabelMap } from './label-map.ts';

const folder = mkdtempSync(join(tmpdir(), 'signalbox-map-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a label map', () => {
  it('maps, leaves out and leaves alone, however the file writes umlauts', () => {
    const path = join(folder, 'map.json');
    writeFileSync(path, JSON.stringify({ ['Rückgabe'.normalize('NFD')]: 'Refund', Spam: null }));
    const map = readLabelMap(path);
    expect(['Rückgabe'.normalize('NFC'), 'Spam', 'Other', 'constructor'].map(map)).toEqual([
      'Refund',
      null,
      'Other',
      'constructor',
    ]);
  });

  it('that is neither a file nor a set is refused, even by a name every object has', () => {
    for (const name of ['nowhere', 'toString', '__proto__'])
      expect(() => readLabelMap(name)).toThrow(/There is no file .*Known sets/);
  });
});
