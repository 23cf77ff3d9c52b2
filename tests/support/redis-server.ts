import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Debian's redis-server, on a port of its own and with nothing on disk. */
export interface TestRedis {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  kill(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
}

export function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write(
      'redis-server is not installed: the tests with Redis are skipped (apt-get install redis-server)\n',
    );
    return false;
  }
}

export interface RedisOptions {
  readonly port?: number;
  readonly password?: string;
  /** Files of a certificate: TLS alone is spoken then. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

export async function startRedis({ port: wanted, password, tls }: RedisOptions = {}): Promise<TestRedis> {
  const port = wanted ?? (await freePort());
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-redis-'));
  const where = tls
    ? [
        '--port',
        '0',
        '--tls-port',
        `${port}`,
        '--tls-cert-file',
        tls.certificate,
        '--tls-key-file',
        tls.key,
        '--tls-auth-clients',
        'no',
      ]
    : ['--port', `${port}`];
  const words = [...where, '--bind', '127.0.0.1', '--save', '', '--dir', folder, '--daemonize', 'no'];
  const child = spawn('redis-server', [...words, ...(password ? ['--requirepass', password] : [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await saidReady(child);
  const user = password ? `:${password}@` : '';
  return {
    url: `${tls ? 'rediss' : 'redis'}://${user}${tls ? 'localhost' : '127.0.0.1'}:${port}/2`,
    port,
    pid: child.pid!,
    kill: (signal) => void child.kill(signal),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function saidReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      if (line.includes('Ready to accept connections')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
  });
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
