import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findBinaries } from './binaries.ts';

/** A package as npm unpacks it, before its install script ran; gives its entry file. */
function unpacked(programs: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const part of ['dist', 'native/bin', 'native/lib']) mkdirSync(join(folder, part), { recursive: true });
  for (const program of programs) writeFileSync(join(folder, 'native/bin', program), '');
  writeFileSync(join(folder, 'native/lib/libpq.so.5.18'), 'library');
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  writeFileSync(join(folder, 'native/pg-symlinks.json'), JSON.stringify(links));
  return join(folder, 'dist/index.js');
}

const refusal = { code: 'config-invalid', message: expect.stringMatching(/^[^.]*DATABASE_URL[^.]*\.$/) };

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe('findBinaries', () => {
  it('names DATABASE_URL, in one sentence, on a platform without binaries', () => {
    const error = thrownBy(() => findBinaries('sunos-sparc'));
    expect(error).toMatchObject(refusal);
    expect((error as Error).message).toContain('sunos-sparc');
  });

  it('names DATABASE_URL, in one sentence, when optional dependencies were left out', () => {
    const missing = () => {
      throw new Error('Cannot find module');
    };
    expect(thrownBy(() => findBinaries('linux-x64', missing))).toMatchObject(refusal);
  });

  it('names DATABASE_URL, in one sentence, when a program is missing from the package', () => {
    const entry = unpacked(['initdb', 'pg_ctl']);
    expect(thrownBy(() => findBinaries('linux-x64', () => entry))).toMatchObject(refusal);
  });

  it('makes the links of the libraries where the install script did not run', () => {
    const entry = unpacked(['initdb', 'postgres', 'pg_ctl']);
    const link = join(entry, '../../native/lib/libpq.so.5');
    expect(existsSync(link)).toBe(false);
    const found = findBinaries('linux-x64', () => entry);
    expect(found.postgres).toBe(join(entry, '../../native/bin/postgres'));
    expect(readFileSync(link, 'utf8')).toBe('library');
    findBinaries('linux-x64', () => entry);
  });

  it('knows the names of Windows', () => {
    const entry = unpacked(['initdb.exe', 'postgres.exe', 'pg_ctl.exe']);
    expect(findBinaries('win32-x64', () => entry).pgCtl).toMatch(/pg_ctl\.exe$/);
  });
});
