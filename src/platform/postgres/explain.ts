import { SignalboxError } from '../../ticket/index.ts';

const elsewhere = 'or choose another data folder with SIGNALBOX_DATA';

/** Turns an error of the file system about `path` into a sentence that says what to do; leaves others alone. */
export function explainFileError(error: unknown, path: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return error;
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) return storageFull(path, error);
  if (['EACCES', 'EPERM'].includes(code)) return notOurs(path, error);
  const words: Record<string, string> = {
    EROFS: `${path} lies on a read-only file system; make it writable, ${elsewhere}.`,
    ENOTDIR: `${path} is no folder, or lies below a file; move the file away, ${elsewhere}.`,
    EEXIST: `${path} is a file, not a folder; move it away, ${elsewhere}.`,
    ENAMETOOLONG: `The path ${path} is too long for this system; choose a shorter one with SIGNALBOX_DATA.`,
  };
  return new SignalboxError(
    'data-folder',
    words[code] ?? `${path} cannot be used (${code}); check the folder, ${elsewhere}.`,
    { cause: error },
  );
}

/** Turns what initdb or postgres last said before it ended into a sentence that says what to do. */
export function explainOutput(output: string, cluster: string): SignalboxError {
  if (
    /No space left|free disk space|wrote only \d+ of|quota exceeded|File too large|File size limit|signal 25\b/i.test(
      output,
    )
  )
    return storageFull(cluster, output);
  if (/Permission denied|Operation not permitted|has wrong ownership/i.test(output)) return notOurs(cluster, output);
  if (/cannot be run as root|execution of the PostgreSQL server is not permitted/.test(output))
    return new SignalboxError(
      'config-invalid',
      'PostgreSQL does not run as root here; start Signalbox as an ordinary user, or set DATABASE_URL to a PostgreSQL 15 or newer of your own.',
      { cause: output },
    );
  if (/Cannot allocate memory|shared memory segment/i.test(output))
    return new SignalboxError(
      'data-folder',
      'PostgreSQL gets too little memory to start (64 MB for its buffers); free some.',
      { cause: output },
    );
  const last = /(?:FATAL|PANIC|error):\s+(.*)/.exec(output)?.[1] ?? output.trim().split('\n').at(-1);
  return new SignalboxError(
    'data-folder',
    `PostgreSQL does not start on ${cluster}: ${last || 'it ended without a word'}. The data is as it was; restore the folder from a backup, ${elsewhere}.`,
    { cause: output },
  );
}

function storageFull(path: string, cause: unknown): SignalboxError {
  return new SignalboxError(
    'storage-full',
    `There is no room to write in ${path}; free some space (100 MB for a new database) and start again. Nothing was lost.`,
    { cause },
  );
}

/** The data belongs to another user: who may hand it over, and how. */
export function notOurs(path: string, cause?: unknown): SignalboxError {
  const chown =
    process.platform === 'win32'
      ? 'give your user full rights on it'
      : `hand it over with: sudo chown -R ${process.getuid?.()}:${process.getgid?.()} '${path}'`;
  return new SignalboxError(
    'data-folder',
    `${path} may not be read or written by this user; start Signalbox as the user who owns it, ${chown} (while no Signalbox runs on it), ${elsewhere}.`,
    { cause },
  );
}

/** PG_VERSION says that another major version made the cluster. */
export function otherVersion(cluster: string, made: string, ours: string): SignalboxError {
  return new SignalboxError(
    'data-folder',
    `The database in ${cluster} was made by PostgreSQL ${made}, and this Signalbox brings ${ours}. Nothing was changed. Use the version of Signalbox that made it, run a PostgreSQL ${made} on the folder and name it with DATABASE_URL, convert it with pg_upgrade, ${elsewhere}.`,
  );
}
