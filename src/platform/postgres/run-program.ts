import { spawn } from 'node:child_process';
import { inheritEnvironment } from '../config/index.ts';

/** Nothing of our environment reaches PostgreSQL but what it needs: its messages stay English, times UTC. */
export function bareEnvironment(): Record<string, string> {
  return { ...inheritEnvironment(['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR']), LC_ALL: 'C', TZ: 'UTC' };
}

/** Runs a program to its end; what it says on both streams, or why it could not be started. */
export function runProgram(command: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((done) => {
    const [program, ...args] = command as [string, ...string[]];
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: bareEnvironment() });
    let output = '';
    const add = (text: Buffer) => {
      output += text.toString('utf8');
    };
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    child.on('error', (error) => done({ code: null, output: error.message }));
    child.on('close', (code, signal) => done({ code, output: signal ? `${output}\nended by ${signal}` : output }));
  });
}
