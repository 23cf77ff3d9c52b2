import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOrderModel } from './order-detector.ts';
import { encodeOrderModel } from './order-model.ts';

const lines = (file: string) =>
  readFileSync(join(import.meta.dirname, '../../../starter', file), 'utf8')
    .trim()
    .split('\n');

describe('the detector of orders on disk', () => {
  let folder: string;
  let files: { starter: string; cacheFolder: string };
  const cached = () => readdirSync(files.cacheFolder);
  const bytes = () => Buffer.from(encodeOrderModel(openOrderModel(files)));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'signalbox-orders-'));
    files = { starter: join(folder, 'starter'), cacheFolder: join(folder, 'cache', 'deep') };
    mkdirSync(join(files.starter, 'knowledge'), { recursive: true });
    const some = (file: string) =>
      lines(file)
        .filter((_, i) => i % 12 === 0)
        .join('\n');
    for (const file of ['orders.jsonl', 'tickets.jsonl']) writeFileSync(join(files.starter, file), some(file));
    writeFileSync(
      join(files.starter, 'knowledge', 'a.md'),
      '# Invoices\n\nOpen Settings and choose Download invoice.\n',
    );
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is learned once and read afterwards', () => {
    const first = bytes();
    const [name] = cached();
    expect(name).toMatch(/^orders-[\da-f]{16}\.model$/);
    const file = join(files.cacheFolder, name!);
    // What is read is the file: one of other sentences under its name is taken.
    const other = { ...files, cacheFolder: join(folder, 'other') };
    writeFileSync(
      join(files.starter, 'knowledge', 'b.md'),
      'Wählen Sie unter Einstellungen die Sprache der Rechnung.\n',
    );
    const different = Buffer.from(encodeOrderModel(openOrderModel(other)));
    expect(different.equals(first)).toBe(false);
    rmSync(join(files.starter, 'knowledge', 'b.md'));
    writeFileSync(file, different);
    expect(bytes().equals(different)).toBe(true);
  });

  it('is learned anew when a sentence changes', () => {
    bytes();
    writeFileSync(join(files.starter, 'knowledge', 'a.md'), 'Open Settings and choose Download receipt.\n');
    bytes();
    expect(cached()).toHaveLength(2);
  });

  it('is learned anew, and mended, when the file is damaged', () => {
    const first = bytes();
    const file = join(files.cacheFolder, cached()[0]!);
    writeFileSync(file, readFileSync(file).subarray(0, 4_000));
    expect(bytes().equals(first)).toBe(true);
    expect(readFileSync(file).equals(first)).toBe(true);
  });

  it('is learned all the same when nothing can be written', () => {
    writeFileSync(join(folder, 'cache'), 'a file in the way');
    const first = bytes();
    expect(bytes().equals(first)).toBe(true);
    expect(readFileSync(join(folder, 'cache'), 'utf8')).toBe('a file in the way');
  });
});
