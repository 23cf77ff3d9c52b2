import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOutputFile } from './output-file.ts';

const identity = { source: 'a', model: 'm', options: {} };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'output-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const path = () => join(folder, 'answers.csv');

describe('a result that is written anew in another form at its end', () => {
  it('keeps its lines until that is done, and goes on there', async () => {
    const out = await openOutputFile(path(), identity);
    await out.write('{"row":1}\n{"row":2}\n');
    const cut = (_from: string, to: string) => {
      writeFileSync(to, 'half');
      return Promise.reject(new Error('the disk is full'));
    };
    await expect(out.finish(cut)).rejects.toThrow('the disk is full');
    expect(existsSync(path())).toBe(false);
    const again = await openOutputFile(path(), identity);
    expect(again.lastRow).toBe(2);
    await again.write('{"row":3}\n');
    await again.finish(async (from, to) => writeFileSync(to, readFileSync(from, 'utf8').replaceAll('\n', ';')));
    expect(readFileSync(path(), 'utf8')).toBe('{"row":1};{"row":2};{"row":3};');
    for (const rest of ['part', 'part.json', 'made']) expect(existsSync(`${path()}.${rest}`)).toBe(false);
  });
});
