import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EmbeddingSettings, openSemantic, readSynonyms, type Semantic } from './knowledge/index.ts';
import { paths } from './paths.ts';
import {
  type Config,
  type Database,
  type Log,
  maskTexts,
  needsMasking,
  newId,
  openAiBaseUrl,
  openOnnxEmbedder,
  openOpenAiEmbedder,
  openReopeningEmbedder,
  systemClock,
  type TextEmbedder,
} from './platform/index.ts';
import { embeddingOf } from './starter.ts';
import { readStarterTickets } from './starter-tickets.ts';

/** Milliseconds that a model on this machine may take to read one question. */
const localPatienceMs = 300;
/** Milliseconds that a server may take for one batch of passages: nobody waits for them. */
const batchTimeoutMs = 30_000;

/**
 * Search by meaning as the settings ask for it; null for EMBEDDING_PROVIDER=none.
 * @param triage the embedding model that triage reads with, if any: the same is not held in memory twice
 */
export async function openSemanticIndex(
  config: Config,
  database: Database,
  { log, triage = null }: { readonly log: Log; readonly triage?: TextEmbedder | null },
): Promise<Semantic | null> {
  const settings = settingsOf(config, triage);
  if (settings === null) return null;
  return openSemantic({
    db: database.db,
    transaction: (work) => database.transaction(work),
    url: database.url,
    clock: systemClock,
    newId,
    log,
    settings,
    dataFolder: config.dataFolder,
  });
}

function settingsOf(config: Config, triage: TextEmbedder | null): EmbeddingSettings | null {
  const provider = config.EMBEDDING_PROVIDER;
  if (provider === 'none') return null;
  const onnx =
    config.EMBEDDING_MODEL === undefined ? {} : { onnx: (signal: AbortSignal) => openOnnx(config, triage, signal) };
  const openai = config.llmConfigured ? { openai: (signal: AbortSignal) => openEmbeddingServer(config, signal) } : {};
  return {
    provider,
    open: { ...onnx, ...openai },
    starterTexts: () =>
      readStarterTickets(readFileSync(join(paths.starter, 'tickets.jsonl'), 'utf8')).map(
        ({ subject, body }) => `${subject}\n${body}`,
      ),
    alike: () => readSynonyms(join(paths.starter, 'synonyms.json')).lines,
    patienceMs: { builtin: localPatienceMs, onnx: localPatienceMs, openai: config.EMBEDDING_TIMEOUT_MS },
  };
}

async function openOnnx(config: Config, triage: TextEmbedder | null, signal: AbortSignal): Promise<TextEmbedder> {
  if (triage === null) return openReopeningEmbedder(() => openOnnxEmbedder(embeddingOf(config), { signal }));
  const { id, dimension, maxTokens } = triage;
  // It is closed by who opened it.
  return {
    id,
    dimension,
    maxTokens,
    embed: (texts, options) => triage.embed(texts, options),
    close: async () => undefined,
  };
}

/** The server that EMBEDDING_PROVIDER=openai names; other machines get texts with personal data masked. */
export function openEmbeddingServer(config: Config, signal: AbortSignal): Promise<TextEmbedder> {
  const masks = needsMasking(config.MASKING, config.OPENAI_BASE_URL ?? openAiBaseUrl);
  return openOpenAiEmbedder({
    baseUrl: config.OPENAI_BASE_URL,
    key: config.llmKey,
    model: config.EMBEDDING_NAME,
    timeoutMs: batchTimeoutMs,
    signal,
    maskTexts: (texts) => (masks ? maskTexts(texts) : texts),
  });
}
