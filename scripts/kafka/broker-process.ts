import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const startSeconds = 60;

export interface BrokerProcess {
  end(signal: NodeJS.Signals): Promise<void>;
}

/** Ends with us, however we end: the shell's other half reads a pipe that only we hold open. */
const script = 'exec 3<&0; java "$@" & pid=$!; echo $pid; (cat <&3 >/dev/null; kill -9 $pid 2>/dev/null) & wait $pid';

/** Starts Java with these arguments; resolves when it listens on `port`. @throws with the end of its log */
export async function startBroker(args: readonly string[], folder: string, port: number): Promise<BrokerProcess> {
  const log = openSync(join(folder, 'broker.log'), 'a');
  const shell = spawn('sh', ['-c', script, 'sh', ...args], { stdio: ['pipe', 'pipe', log] });
  closeSync(log);
  const exited = once(shell, 'exit');
  const [first] = (await once(shell.stdout!, 'data')) as [Buffer];
  const pid = Number(first.toString());
  shell.stdout!.resume();
  await untilOpen(shell, port, folder);
  return {
    async end(signal) {
      if (shell.exitCode === null && shell.signalCode === null) process.kill(pid, signal);
      await exited;
      shell.stdin!.destroy();
    },
  };
}

/** It listens for clients only once it can serve them. */
async function untilOpen(shell: ChildProcess, port: number, folder: string): Promise<void> {
  const until = Date.now() + startSeconds * 1000;
  while (Date.now() < until && shell.exitCode === null) {
    if (await isOpen(port)) return;
    await wait(100);
  }
  shell.stdin?.destroy();
  throw new Error(`Kafka did not start: ${readFileSync(join(folder, 'broker.log'), 'utf8').slice(-2_000)}`);
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** Ports of the loopback address that nobody has at the moment. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
