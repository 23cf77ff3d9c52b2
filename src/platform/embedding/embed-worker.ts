import { parentPort, workerData } from 'node:worker_threads';
import { SignalboxError } from '../../ticket/index.ts';
import { type LoadedModel, loadModel } from './load-model.ts';
import type { OnnxEmbedderSettings } from './port.ts';
import type { FromWorker, ToWorker } from './worker-embedder.ts';

/**
 * The thread of one ONNX model; its states are in worker-embedder.ts. The runtime computes in the thread that calls it,
 * a batch at a stretch: here, not in the server's event loop.
 */
export interface WorkerSettings {
  readonly settings: OnnxEmbedderSettings;
  readonly threads: number;
}

const port = parentPort!;

function send(message: FromWorker): void {
  port.postMessage(message, 'rows' in message ? [message.rows.buffer as ArrayBuffer] : []);
}

function sendProblem(batch: number | null, error: unknown): void {
  const problem =
    error instanceof SignalboxError
      ? { code: error.code, message: error.message }
      : { code: 'model-invalid' as const, message: `The embedding model failed: ${wordsOf(error)}` };
  send({ batch, problem });
}

/** The runtime's words name nodes and shapes, never a text. */
function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.slice(0, 300);
}

async function serve(model: LoadedModel, message: ToWorker): Promise<void> {
  if ('close' in message) {
    await model.release();
    port.close();
    return;
  }
  try {
    send({ batch: message.batch, rows: await model.embed(message.texts) });
  } catch (error) {
    sendProblem(message.batch, error);
  }
}

try {
  const { settings, threads } = workerData as WorkerSettings;
  const model = await loadModel(settings, threads);
  port.on('message', (message: ToWorker) => void serve(model, message));
  const { id, dimension, maxTokens } = model;
  send({ ready: { id, dimension, maxTokens } });
} catch (error) {
  sendProblem(null, error);
}
