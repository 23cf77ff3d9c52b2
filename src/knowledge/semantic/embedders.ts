import { existsSync } from 'node:fs';
import { mkdir, open as openFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Db,
  learnBuiltinEmbedder,
  openBuiltinEmbedder,
  openReopeningEmbedder,
  type TextEmbedder,
} from '../../platform/index.ts';
import { SignalboxError } from '../../ticket/index.ts';
import { type EmbeddingIndexRow, type EmbeddingProviderName, readLearned } from '../stores/vectors.ts';

/** Which embedding model the settings ask for, and how those that are set up are opened. */
export interface EmbeddingSettings {
  readonly provider: EmbeddingProviderName;
  /** Remote ones mask what they are given. A model that is set up but not asked for still reads for its old index. */
  readonly open: Readonly<Partial<Record<'onnx' | 'openai', (signal: AbortSignal) => Promise<TextEmbedder>>>>;
  /** Texts that the builtin model learns from beside the knowledge: the starter tickets. */
  readonly starterTexts: () => readonly string[];
  /** Expressions that mean the same, one concept a line, both languages in it: `readSynonyms(path).lines`. */
  readonly alike?: () => readonly string[];
  /** Milliseconds that reading one question may take before the search goes on without. */
  readonly patienceMs: Readonly<Record<EmbeddingProviderName, number>>;
}

/** The open embedders of this process. */
export interface Embedders {
  /** @throws SignalboxError when it cannot be opened, or is no longer the one that made the index. */
  forIndex(index: EmbeddingIndexRow): Promise<TextEmbedder>;
  /** The model that is set up under this name. */
  forProvider(provider: 'onnx' | 'openai'): Promise<TextEmbedder>;
  /** Lets the builtin model learn; the file is kept for this process and its next start. */
  learn(
    indexId: string,
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly id: string; readonly dimension: number; readonly file: string }>;
  /** Removes the files of builtin models other than these indexes'. */
  tidy(keep: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Half of the numbers are of texts shared, half of neighbours (src/ml/embedding); fewer lost words of their own. */
const builtinDimension = 256;
const seed = 1;

/** @param options.signal gives up what is being opened; a server may take long to say nothing */
export function createEmbedders(
  db: Db,
  settings: EmbeddingSettings,
  { folder, signal }: { readonly folder: string; readonly signal: AbortSignal },
): Embedders {
  const open = new Map<string, Promise<TextEmbedder>>();
  const fileOf = (indexId: string) => join(folder, `${indexId}.model`);

  /** One opening for all who ask; one that failed is tried again by the next. */
  function once(key: string, make: () => Promise<TextEmbedder>): Promise<TextEmbedder> {
    const known = open.get(key);
    if (known !== undefined) return known;
    const opening = make();
    open.set(key, opening);
    opening.catch(() => open.delete(key));
    return opening;
  }

  const forProvider = (provider: 'onnx' | 'openai') => {
    const make = settings.open[provider];
    if (make === undefined) throw notSetUp(provider);
    return once(provider, () => make(signal));
  };

  return {
    forProvider,
    async forIndex(index) {
      const { id, provider, model } = index;
      const embedder = await (provider === 'builtin'
        ? once(id, () => openReopeningEmbedder(() => openBuiltin(db, id, { folder, file: fileOf(id) })))
        : forProvider(provider));
      if (embedder.id === model) return embedder;
      throw new SignalboxError('model-invalid', `The vectors were made by ${model}, and the model is ${embedder.id}.`);
    },
    async learn(indexId, texts, given) {
      await mkdir(folder, { recursive: true });
      const file = fileOf(indexId);
      const alike = settings.alike?.() ?? [];
      return {
        ...(await learnBuiltinEmbedder(texts, { file, dimension: builtinDimension, seed, signal: given, alike })),
        file,
      };
    },
    async tidy(keep) {
      for (const [key, embedder] of open) {
        if (key === 'onnx' || key === 'openai' || keep.includes(key)) continue;
        open.delete(key);
        await (await embedder.catch(() => null))?.close();
      }
      await removeOthers(folder, keep);
    },
    async close() {
      await Promise.all([...open.values()].map(async (one) => (await one.catch(() => null))?.close()));
      open.clear();
    },
  };
}

interface Place {
  readonly folder: string;
  readonly file: string;
}

async function openBuiltin(db: Db, indexId: string, place: Place): Promise<TextEmbedder> {
  if (existsSync(place.file)) {
    try {
      return await openBuiltinEmbedder(place.file);
    } catch {
      // Damaged: the database has it whole.
    }
  }
  await fetchLearned(db, indexId, place);
  return openBuiltinEmbedder(place.file);
}

async function removeOthers(folder: string, keep: readonly string[]): Promise<void> {
  const files = existsSync(folder) ? await readdir(folder) : [];
  const old = files.filter((name) => name.endsWith('.model') && !keep.includes(name.slice(0, -'.model'.length)));
  for (const name of old) await rm(join(folder, name), { force: true });
}

async function fetchLearned(db: Db, indexId: string, { folder, file }: Place): Promise<void> {
  await mkdir(folder, { recursive: true });
  const unfinished = `${file}.${process.pid}.part`;
  await using to = await openFile(unfinished, 'w');
  let bytes = 0;
  for await (const piece of readLearned(db, indexId)) bytes += (await to.write(piece)).bytesWritten;
  if (bytes === 0) throw new SignalboxError('model-invalid', 'What the builtin embedding model learned is gone.');
  await rename(unfinished, file);
}

const notSetUp = (provider: 'onnx' | 'openai') =>
  new SignalboxError(
    'config-invalid',
    provider === 'onnx'
      ? 'The vectors need an ONNX model: name its folder with EMBEDDING_MODEL.'
      : 'The vectors need an embedding server: set OPENAI_API_KEY or OPENAI_BASE_URL.',
  );
