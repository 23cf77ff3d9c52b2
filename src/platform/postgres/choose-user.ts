import { readFileSync, statSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { SignalboxError } from '../../ticket/index.ts';
import { type Binaries, ownDatabase } from './binaries.ts';
import { notOurs } from './explain.ts';
import { runProgram } from './run-program.ts';

/** How PostgreSQL is run: words before its command, and who must own the cluster for it to start. */
export interface RunAs {
  readonly prefix: readonly string[];
  readonly owner?: Owner;
  /** As the trial run says it: 18.4. */
  readonly version: string;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

type Way = Omit<RunAs, 'version'>;

/** Where it is to work: in a cluster, or in a folder where it is to make one. */
interface Task {
  readonly folder: string;
  readonly make: boolean;
}

const root: Owner = { uid: 0, gid: 0 };

/**
 * PostgreSQL refuses to run as root, and initdb as a user without a name. The ways around, each tried by
 * running `postgres --version` in sight of the folder (5 ms a trial): as root on files of root a user
 * namespace, in which root's files belong to an ordinary user; else the owner of the folder, or nobody,
 * with the right to pass folders of mode 0700.
 * @throws `config-invalid` or `data-folder` when no way works, with what the trials said.
 */
export async function chooseUser(binaries: Binaries, task: Task): Promise<RunAs> {
  const said: string[] = [];
  for (const way of waysFor(statSync(task.folder))) {
    const trial = await tryWay(way, binaries.postgres, task);
    if (trial.version !== undefined) return { ...way, version: trial.version };
    said.push(trial.said);
  }
  const all = said.join('\n');
  if (all.includes(notWritable)) throw notOurs(task.folder, all);
  const wayOut = process.getuid?.() === 0 ? 'start Signalbox as an ordinary user, or ' : '';
  throw new SignalboxError(
    'config-invalid',
    `The PostgreSQL that Signalbox brings cannot run here (${said.at(-1)?.split('\n')[0]}); ${wayOut}${ownDatabase}.`,
    { cause: all },
  );
}

/** The ways for this process on a folder of `owner`, the best first. */
function waysFor(owner: Owner): Way[] {
  if (process.platform !== 'linux') return [{ prefix: [] }];
  // The kernel asks PostgreSQL to shut down when the thread that started it ends: of use in the main one only.
  const withParent = isMainThread ? ['setpriv', '--pdeathsig', 'INT'] : [];
  const named = namedUser();
  const namespace = ['unshare', '--user', `--map-user=${named.uid}`, `--map-group=${named.gid}`];
  const both = (way: string[], user?: Owner): Way[] =>
    [[...way, ...withParent], way].map((prefix) => (user ? { prefix, owner: user } : { prefix }));
  if (process.getuid?.() !== 0) return [...both([]), ...both(namespace)];
  if (owner.uid === 0) return [...both(namespace, root), ...both(asUser(named, 'passing'), named)];
  const user = { uid: owner.uid, gid: owner.gid };
  return [
    ...both(asUser(user, 'plain'), user),
    ...both(asUser(user, 'passing'), user),
    ...both([...asUser(user, 'plain'), ...namespace], user),
    ...both(namespace, root),
  ];
}

/** 'passing' keeps the right to enter any folder; without no_setuid_fixup access(2) would not know of it. */
function asUser(user: Owner, rights: 'plain' | 'passing'): string[] {
  const ids = ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
  if (rights === 'plain') return ids;
  return [...ids, '--securebits=+no_setuid_fixup', '--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
}

/** A user other than root with a name on this system: nobody where there is one. */
function namedUser(): Owner {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([, , uid, gid]) => ({ uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid, gid }) => uid > 0 && gid > 0);
  return users.find(({ uid }) => uid === 65_534) ?? users[0] ?? { uid: 65_534, gid: 65_534 };
}

const notWritable = 'folder not writable';

const trialScript = `
test -w "$1" && test -x "$1" || { echo '${notWritable}' >&2; exit 1; }
test "$3" = false || id -un >/dev/null 2>&1 || { echo "user $(id -u) has no name on this system" >&2; exit 1; }
exec "$2" --version`;

async function tryWay(way: Way, postgres: string, { folder, make }: Task): Promise<{ version?: string; said: string }> {
  const trial =
    process.platform === 'win32'
      ? [postgres, '--version']
      : [...way.prefix, 'sh', '-c', trialScript, 'sh', folder, postgres, String(make)];
  const { output } = await runProgram(trial);
  const version = /^postgres \(PostgreSQL\) (\S+)/m.exec(output)?.[1];
  return { ...(version === undefined ? {} : { version }), said: output.trim() };
}
