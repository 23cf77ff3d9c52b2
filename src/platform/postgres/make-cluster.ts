import { randomBytes } from 'node:crypto';
import { chown, lchown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SignalboxError } from '../../ticket/index.ts';
import type { Binaries } from './binaries.ts';
import type { RunAs } from './choose-user.ts';
import { explainFileError, explainOutput, otherVersion } from './explain.ts';
import { runProgram } from './run-program.ts';
import { syncFolder } from './sync-folder.ts';

export interface ClusterOptions {
  readonly dataFolder: string;
  readonly cluster: string;
  readonly runAs: RunAs;
  /** 'loopback' asks for a password, kept in `passwordFile`. */
  readonly listen: 'socket' | 'loopback';
  readonly passwordFile: string;
}

const half = 'postgres.new-';

/**
 * Makes the cluster when there is none. It is made beside its place and renamed, so a cluster that
 * stands there is whole: what a killed initdb left is thrown away. An existing one is checked, not changed,
 * but for its owner where root must run it as another.
 */
export async function ensureCluster(binaries: Binaries, options: ClusterOptions): Promise<'made' | 'found'> {
  const { dataFolder, cluster, runAs } = options;
  // An initdb whose server was killed may still write into it; the next start finds the rest.
  for (const name of await readdir(dataFolder))
    if (name.startsWith(half)) await rm(join(dataFolder, name), { recursive: true, force: true }).catch(() => {});
  if (await isEmpty(cluster)) {
    await makeCluster(binaries, options);
    return 'made';
  }
  await checkVersion(cluster, runAs.version);
  if (runAs.owner && (await stat(cluster)).uid !== runAs.owner.uid) await handOver(cluster, runAs.owner);
  return 'found';
}

async function isEmpty(cluster: string): Promise<boolean> {
  try {
    return (await readdir(cluster)).length === 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw explainFileError(error, cluster);
  }
}

async function makeCluster(binaries: Binaries, options: ClusterOptions): Promise<void> {
  const { dataFolder, cluster, runAs } = options;
  const place = join(dataFolder, half + randomBytes(4).toString('hex'));
  try {
    await mkdir(place, { mode: 0o700 });
    if (runAs.owner) await chown(place, runAs.owner.uid, runAs.owner.gid);
    const command = [...runAs.prefix, binaries.initdb, ...(await initdbArguments(place, options))];
    const { code, output } = await runProgram(command);
    if (code !== 0) throw explainOutput(output, dataFolder);
    await rename(place, cluster);
    await syncFolder(dataFolder);
  } catch (error) {
    await rm(place, { recursive: true, force: true }).catch(() => {});
    throw explainFileError(error, dataFolder);
  }
}

async function initdbArguments(place: string, options: ClusterOptions): Promise<string[]> {
  const common = [
    `--pgdata=${place}`,
    '--username=signalbox',
    '--encoding=UTF8',
    // Sorts by code point on every machine alike, and knows the case of every letter: under plain C the
    // German dictionary does not see that Ä is a letter ('Ärger' was not stemmed).
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  if (options.listen === 'socket') return [...common, '--auth-local=trust', '--auth-host=reject'];
  await writeFile(options.passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (options.runAs.owner) await chown(options.passwordFile, options.runAs.owner.uid, options.runAs.owner.gid);
  return [...common, '--auth=scram-sha-256', `--pwfile=${options.passwordFile}`];
}

async function checkVersion(cluster: string, version: string): Promise<void> {
  const ours = version.split('.')[0] ?? version;
  let made: string;
  try {
    made = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw explainFileError(error, cluster);
    throw new SignalboxError(
      'data-folder',
      `${cluster} holds files but no database of PostgreSQL (PG_VERSION is missing). Nothing was changed: restore it from a backup, move it away to begin anew, or choose another data folder with SIGNALBOX_DATA.`,
    );
  }
  if (made !== ours) throw otherVersion(cluster, made, ours);
}

/** chown -R, the folder itself last: a hand-over that was cut short is done again by the next start. */
async function handOver(cluster: string, owner: { uid: number; gid: number }): Promise<void> {
  for (const entry of await readdir(cluster, { recursive: true }))
    await lchown(join(cluster, entry), owner.uid, owner.gid);
  await chown(cluster, owner.uid, owner.gid);
}
