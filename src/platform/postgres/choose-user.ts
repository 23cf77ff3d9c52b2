import { statSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { SignalboxError } from '../../ticket/index.ts';
import { type Binaries, ownDatabase } from './binaries.ts';
import { notOurs } from './explain.ts';
import { runProgram } from './run-program.ts';

/** How PostgreSQL is run: words before its command, and who must own the cluster for it to start. */
export interface RunAs {
  readonly prefix: readonly string[];
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** As the trial run says it: 18.4. */
  readonly version: string;
}

type Way = Omit<RunAs, 'version'>;

// The kernel asks PostgreSQL to shut down when the thread that started it ends: of use in the main thread only.
const withParent = isMainThread ? ['setpriv', '--pdeathsig', 'INT'] : [];
const nobody = { uid: 65_534, gid: 65_534 };
const root = { uid: 0, gid: 0 };

/**
 * PostgreSQL refuses to run as root. The ways, each tried by running `postgres --version` in sight of the
 * folder (5 ms a trial): as root on files of root a user namespace, in which root's files belong to an
 * ordinary user; else the owner of the folder, or nobody, with the right to pass folders of mode 0700.
 * @throws `config-invalid` or `data-folder` when no way works, with what the trial said.
 */
export async function chooseUser(binaries: Binaries, folder: string): Promise<RunAs> {
  const said: string[] = [];
  for (const way of waysFor(statSync(folder))) {
    const trial = await tryWay(way, binaries.postgres, folder);
    if (trial.version !== undefined) return { ...way, version: trial.version };
    said.push(trial.said);
  }
  const all = said.join('\n');
  if (all.includes(notWritable)) throw notOurs(folder, all);
  throw new SignalboxError(
    'config-invalid',
    `The PostgreSQL that Signalbox brings cannot run here (${said.at(-1)?.split('\n')[0]}); ${process.getuid?.() === 0 ? 'start Signalbox as an ordinary user, or ' : ''}${ownDatabase}.`,
    { cause: all },
  );
}

/** The ways for this process on a folder of `owner`, the best first. */
export function waysFor(owner: { uid: number; gid: number }, self = process.getuid?.()): Way[] {
  if (self !== 0) return process.platform === 'linux' ? [{ prefix: withParent }, { prefix: [] }] : [{ prefix: [] }];
  const namespace = ['unshare', '--user', '--map-user=1000', '--map-group=1000'];
  const asRoot = [
    { prefix: [...namespace, ...withParent], owner: root },
    { prefix: namespace, owner: root },
  ];
  if (owner.uid === 0) return [...asRoot, { prefix: asUser(nobody, true), owner: nobody }];
  const user = { uid: owner.uid, gid: owner.gid };
  return [{ prefix: asUser(user, false), owner: user }, { prefix: asUser(user, true), owner: user }, ...asRoot];
}

/** `pass`: keeps the right to enter any folder; without no_setuid_fixup access(2) would not know of it. */
function asUser(user: { uid: number; gid: number }, pass: boolean): string[] {
  const rights = pass
    ? ['--securebits=+no_setuid_fixup', '--inh-caps=+dac_override', '--ambient-caps=+dac_override']
    : ['--inh-caps=-all'];
  const ids = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
  return ['setpriv', ...ids, ...rights, ...withParent.slice(1)];
}

const notWritable = 'folder not writable';

async function tryWay(way: Way, postgres: string, folder: string): Promise<{ version?: string; said: string }> {
  const trial =
    process.platform === 'win32'
      ? [postgres, '--version']
      : [
          ...way.prefix,
          'sh',
          '-c',
          `test -w "$1" && test -x "$1" || { echo '${notWritable}' >&2; exit 1; }; exec "$2" --version`,
          'sh',
          folder,
          postgres,
        ];
  const { output } = await runProgram(trial);
  const version = /^postgres \(PostgreSQL\) (\S+)/m.exec(output)?.[1];
  return { ...(version === undefined ? {} : { version }), said: output.trim() };
}
