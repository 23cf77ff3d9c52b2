import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { SignalboxError } from '../../ticket/index.ts';
import type { WorkerSettings } from './embed-worker.ts';
import type { OnnxEmbedderSettings, TextEmbedder } from './port.ts';
import { openInWorker } from './worker-embedder.ts';

/**
 * onnxruntime 1.30 reports its use to its maker unless this is set before it is loaded (seen with strace: it looks up
 * a name and connects; with this it does not). Its native code reads the environment of the process, and a thread has
 * a copy only: so it is set when the main thread loads this file, and threads that open a model themselves inherit it.
 */
function switchReportsOff(): void {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
}
switchReportsOff();

/**
 * Opens an embedding model in a thread of its own: 1 s for all-MiniLM-L6-v2, most of it the package's own start.
 * The thread keeps the process alive only while it has something to do.
 *
 * @param options.signal gives up opening; a fetch from the hub can take minutes.
 * @throws SignalboxError `package-missing` with the command that installs it; `model-invalid` when folder, files or
 *   settings cannot be used, naming what is missing. The reason of `signal` when that is aborted first.
 */
export async function openOnnxEmbedder(
  settings: OnnxEmbedderSettings,
  options: { readonly signal?: AbortSignal } = {},
): Promise<TextEmbedder> {
  checkSettings(settings);
  switchReportsOff();
  options.signal?.throwIfAborted();
  const threads = settings.threads ?? Math.min(4, Math.max(1, availableParallelism() - 1));
  const workerData: WorkerSettings = { settings, threads };
  const worker = new Worker(new URL('./embed-worker.ts', import.meta.url), { workerData });
  return openInWorker(worker, { batch: settings.batch ?? 4, signal: options.signal });
}

function checkSettings({ folder, model, batch, maxTokens, threads }: OnnxEmbedderSettings): void {
  if ((folder === undefined) === (model === undefined))
    throw new SignalboxError(
      'config-invalid',
      'An embedding model is named by its folder or by its name on the hub: one of both.',
    );
  for (const [name, value] of Object.entries({ batch, maxTokens, threads }))
    if (value !== undefined && !(Number.isInteger(value) && value >= 1))
      throw new SignalboxError(
        'config-invalid',
        `${name} of the embedding model must be a whole number from 1 on, not ${value}.`,
      );
}
