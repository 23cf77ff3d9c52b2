/** The thread that looks at the event loop of the main one; started by watch-loop.ts. */
import { writeSync } from 'node:fs';
import { type Debugger, Session, url } from 'node:inspector';
import { setTimeout as pause } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import { beatMs, type LoopWatchData } from './watch-loop.ts';

const { beats, seconds, exits } = workerData as LoopWatchData;
const counter = new Int32Array(beats);
const stderr = 2;

/** Milliseconds that the main thread may take to say where it is; inside a native call it cannot. */
const stackMs = 2_000;

for (let seen = -1, looks = 0; ; ) {
  await pause(beatMs);
  const now = Atomics.load(counter, 0);
  looks = now === seen ? looks + 1 : 0;
  seen = now;
  // Once for each time that it is blocked. Somebody with a debugger may hold it as long as he likes.
  if (looks !== Math.ceil((seconds * 1000) / beatMs) || url() !== undefined) continue;
  const stack = await stackOfMain();
  const words = `The event loop has been blocked for ${seconds} s${exits ? '; the process is ended, so that it can be started again' : ''}.`;
  writeSync(stderr, `${JSON.stringify({ level: 60, time: new Date().toISOString(), stack, msg: words })}\n`);
  if (exits) process.kill(process.pid, 'SIGKILL');
}

/** Names of functions with their places, the innermost first; empty when the main thread does not say. */
async function stackOfMain(): Promise<string[]> {
  const session = new Session();
  try {
    session.connectToMainThread();
    const files = new Map<string, string>();
    session.on('Debugger.scriptParsed', ({ params }) => files.set(params.scriptId, params.url));
    const paused = new Promise<string[]>((resolve) => {
      session.on('Debugger.paused', ({ params }) =>
        resolve(params.callFrames.slice(0, 20).map((frame) => frameWords(frame, files))),
      );
    });
    session.post('Debugger.enable');
    session.post('Debugger.pause');
    const frames = await Promise.race([paused, pause(stackMs, [])]);
    session.post('Debugger.resume');
    return frames;
  } catch {
    return [];
  } finally {
    session.disconnect();
  }
}

function frameWords({ functionName, location }: Debugger.CallFrame, files: ReadonlyMap<string, string>): string {
  const file = files.get(location.scriptId) ?? 'unknown';
  return `${functionName || '(anonymous)'} ${file}:${location.lineNumber + 1}`;
}
