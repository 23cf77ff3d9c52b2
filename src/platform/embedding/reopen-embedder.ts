import { SignalboxError } from '../../ticket/index.ts';
import type { TextEmbedder } from './port.ts';

/**
 * An embedding model that is opened again after its thread has ended, for servers that run for months. States: open →
 * (a call is refused with `embedder-closed`) → opening → open; an opening that fails is tried again by the next call.
 * The call in which the thread ended fails: its texts may be what ended it. Calls that come while it is being opened
 * wait for it.
 *
 * @throws SignalboxError what `open` says, the first time; `model-invalid` for a call when the model is another one
 *   by then, since its vectors would mean nothing
 */
export async function openReopeningEmbedder(open: () => Promise<TextEmbedder>): Promise<TextEmbedder> {
  const first = await open();
  let current: Promise<TextEmbedder> | null = Promise.resolve(first);
  let closed = false;

  const openAgain = async (): Promise<TextEmbedder> => {
    try {
      return await sameAs(first, await open());
    } catch (error) {
      current = null;
      throw error;
    }
  };

  return {
    id: first.id,
    dimension: first.dimension,
    maxTokens: first.maxTokens,
    async embed(texts, options = {}) {
      if (closed) throw closedWords();
      current ??= openAgain();
      const used = current;
      const embedder = await used;
      try {
        return await embedder.embed(texts, options);
      } catch (error) {
        const ended = error instanceof SignalboxError && error.code === 'embedder-closed';
        if (ended && options.signal?.aborted !== true && current === used) current = null;
        throw error;
      }
    },
    async close() {
      closed = true;
      await (await current?.catch(() => null))?.close();
    },
  };
}

async function sameAs(first: TextEmbedder, again: TextEmbedder): Promise<TextEmbedder> {
  if (again.id === first.id) return again;
  await again.close();
  throw new SignalboxError(
    'model-invalid',
    `The embedding model was ${first.id} and is ${again.id} now. Put the old files back, or start again.`,
  );
}

const closedWords = () => new SignalboxError('embedder-closed', 'The embedding model was closed.');
