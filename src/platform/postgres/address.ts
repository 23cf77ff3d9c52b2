import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignalboxError } from '../../ticket/index.ts';
import type { RunAs } from './choose-user.ts';

/** Where clients find PostgreSQL, and the settings that make it listen there. */
export interface Address {
  readonly url: string;
  readonly settings: readonly string[];
  /** Takes away what a PostgreSQL that is gone left of its socket; a reused pid in it would stop the next. */
  clear(): void;
  /** Takes away what was made for it outside the cluster. */
  remove(): void;
}

// sun_path holds 108 bytes on Linux and 104 on macOS, the last one a zero.
const longestSocket = process.platform === 'linux' ? 107 : 103;
const socketName = '.s.PGSQL.5432';

/**
 * A socket inside the cluster, whose mode 0700 is all the trust there is; where its path would be longer
 * than a socket's may be, in a folder of the same mode under the system's temporary one.
 */
export function socketAddress(cluster: string, owner: RunAs['owner'], temporary = tmpdir()): Address {
  const fits = Buffer.byteLength(join(cluster, socketName)) <= longestSocket;
  const folder = fits ? cluster : shortFolder(cluster, owner, temporary);
  return {
    url: `postgres://signalbox@localhost/postgres?host=${encodeURIComponent(folder)}`,
    // A list with commas in PostgreSQL's eyes: quoted, so that a comma in a path is no separator.
    settings: ['listen_addresses=', `unix_socket_directories="${folder.replaceAll('"', '""')}"`],
    clear: () => rmSync(join(folder, `${socketName}.lock`), { force: true }),
    remove: () => (fits ? undefined : rmSync(folder, { recursive: true, force: true })),
  };
}

function shortFolder(cluster: string, owner: RunAs['owner'], temporary: string): string {
  const name = `signalbox-${createHash('sha256').update(cluster).digest('hex').slice(0, 12)}`;
  const own = join(temporary, name);
  const folder = Buffer.byteLength(join(own, socketName)) <= longestSocket ? own : join('/tmp', name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const self = process.getuid?.();
  // Anybody may make folders there: one that is not ours could hand our clients to somebody else's server.
  const found = lstatSync(folder);
  if (!found.isDirectory() || (found.uid !== self && (self !== 0 || found.uid !== owner?.uid)))
    throw new SignalboxError(
      'data-folder',
      `${folder} belongs to somebody else, and the path of the data folder is too long for a socket. Remove it, or choose a data folder with a shorter path with SIGNALBOX_DATA.`,
    );
  chmodSync(folder, 0o700);
  if (owner && self === 0) chownSync(folder, owner.uid, owner.gid);
  return folder;
}

/** Loopback with a port that is free and the cluster's password: for Windows, which trusts no socket folder. */
export async function loopbackAddress(passwordFile: string, wanted = 0): Promise<Address> {
  const port = await freePort(wanted).catch(() => freePort(0));
  const password = readFileSync(passwordFile, 'utf8').trim();
  return {
    url: `postgres://signalbox:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
    settings: ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories='],
    clear: () => undefined,
    remove: () => undefined,
  };
}

function freePort(wanted: number): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
