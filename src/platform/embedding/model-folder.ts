import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { SignalboxError } from '../../ticket/index.ts';
import type { OnnxEmbedderSettings, Pooling } from './port.ts';

/** A model folder that was looked through: everything that is needed to make vectors as its authors meant them. */
export interface ModelFolder {
  readonly folder: string;
  readonly name: string;
  readonly modelFile: string;
  readonly pooling: Pooling;
  readonly maxTokens: number;
  /** Texts are lower-cased before the tokeniser sees them. */
  readonly lowerCase: boolean;
}

const config = z.object({
  model_type: z.string().optional(),
  max_position_embeddings: z.number().int().positive().optional(),
});
const tokeniserConfig = z.object({ model_max_length: z.number().positive().optional() });
const sentenceConfig = z.object({
  max_seq_length: z.number().int().positive().nullish(),
  do_lower_case: z.boolean().nullish(),
});
const splitter = z.object({ type: z.string(), pretokenizers: z.array(z.object({ type: z.string() })).optional() });
const tokeniser = z.object({ pre_tokenizer: splitter.nullish() });
const modules = z.array(z.object({ type: z.string() }));
const poolingConfig = z.record(z.string(), z.unknown());

/** Models that keep the first places of their position table for padding. */
const reservedPlaces = new Map([
  ['roberta', 2],
  ['xlm-roberta', 2],
  ['camembert', 2],
  ['mpnet', 2],
]);

/**
 * Looks through a folder before anything of it is loaded.
 *
 * @throws SignalboxError `model-invalid` naming the file that is missing or says what cannot be done.
 */
export function inspectModelFolder(settings: OnnxEmbedderSettings & { readonly folder: string }): ModelFolder {
  const folder = resolve(settings.folder);
  if (!existsSync(folder)) throw refuse(folder, 'There is no such folder.');
  for (const file of ['config.json', 'tokenizer.json', 'tokenizer_config.json'])
    if (!existsSync(join(folder, file))) throw refuse(folder, `${file} is missing.`);
  const modelFile = findModelFile(folder, settings.weights);
  refuseUnknownModules(folder);
  refuseSplitUmlauts(folder);
  const sentence = read(folder, 'sentence_bert_config.json', sentenceConfig);
  return {
    folder,
    name: settings.model ?? basename(folder),
    modelFile,
    pooling: settings.pooling ?? readPooling(folder),
    maxTokens: Math.min(settings.maxTokens ?? sentence?.max_seq_length ?? 512, mostTokens(folder)),
    lowerCase: sentence?.do_lower_case === true,
  };
}

function findModelFile(folder: string, weights: OnnxEmbedderSettings['weights']): string {
  const full = ['onnx/model.onnx', 'model.onnx'];
  const quantised = ['onnx/model_quantized.onnx', 'model_quantized.onnx'];
  const wanted = weights === 'full' ? full : weights === 'quantised' ? quantised : [...full, ...quantised];
  const found = wanted.map((file) => join(folder, file)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  const foreign = ['model.safetensors', 'pytorch_model.bin'].find((file) => existsSync(join(folder, file)));
  throw refuse(
    folder,
    foreign === undefined
      ? `${wanted[0]} is missing.`
      : `${wanted[0]} is missing; the weights are there as ${foreign}, which has to be exported to ONNX first: ` +
          `optimum-cli export onnx --task feature-extraction --model ${JSON.stringify(folder)} OUTPUT-FOLDER`,
  );
}

/** A dense layer behind the pooling is no part of the ONNX file: without it the vectors would be others. */
function refuseUnknownModules(folder: string): void {
  const known = /\.(Transformer|Pooling|Normalize)$/;
  const other = read(folder, 'modules.json', modules)?.find(({ type }) => !known.test(type));
  if (other !== undefined)
    throw refuse(
      folder,
      `modules.json asks for ${other.type}, which Signalbox does not compute; choose another model.`,
    );
}

/**
 * transformers.js 4.3.1 splits by this rule with a pattern that knows A to Z only: "größe" falls into three words, and
 * a German text into unknown ones. BERT's and SentencePiece's own rules are right (evals/embedding/agreement.ts).
 */
function refuseSplitUmlauts(folder: string): void {
  const rule = read(folder, 'tokenizer.json', tokeniser)?.pre_tokenizer;
  if ([rule, ...(rule?.pretokenizers ?? [])].some((part) => part?.type === 'Whitespace'))
    throw refuse(folder, 'Its tokeniser splits by "Whitespace", which would take umlauts apart; choose another model.');
}

function readPooling(folder: string): Pooling {
  const said = read(folder, '1_Pooling/config.json', poolingConfig);
  if (said === null) return 'mean';
  const named = said['pooling_mode'];
  const modes = Object.entries(said).filter(([key, on]) => key.startsWith('pooling_mode_') && on === true);
  const wanted =
    typeof named === 'string' ? [named] : modes.map(([key]) => key.replace(/^pooling_mode_|_tokens?$/g, ''));
  if (wanted.length === 1 && (wanted[0] === 'mean' || wanted[0] === 'cls')) return wanted[0];
  throw refuse(folder, `1_Pooling/config.json asks for ${wanted.join(' and ') || 'nothing'}; mean or cls is known.`);
}

/** The longest text that the model can read; beyond it the runtime would fail. */
function mostTokens(folder: string): number {
  const { model_type: type = '', max_position_embeddings: places } = read(folder, 'config.json', config)!;
  const table = places === undefined ? Number.POSITIVE_INFINITY : places - (reservedPlaces.get(type) ?? 0);
  const tokeniser = read(folder, 'tokenizer_config.json', tokeniserConfig)?.model_max_length;
  return Math.min(table, tokeniser ?? Number.POSITIVE_INFINITY);
}

/** null where the file is absent. */
function read<T>(folder: string, file: string, schema: z.ZodType<T>): T | null {
  const path = join(folder, file);
  if (!existsSync(path)) return null;
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw refuse(folder, `${file} cannot be read as JSON of the expected form.`, cause);
  }
}

export function refuse(folder: string, why: string, cause?: unknown): SignalboxError {
  const words = `The embedding model in ${folder} cannot be used. ${why}`;
  return new SignalboxError('model-invalid', words, cause === undefined ? {} : { cause });
}

/** Name and hash: changes with the weights, the tokeniser and every setting that changes a vector. 0.3 s for 90 MB. */
export async function identifyModel(model: ModelFolder): Promise<string> {
  const { pooling, maxTokens, lowerCase } = model;
  const hash = createHash('sha256').update(JSON.stringify({ pooling, maxTokens, lowerCase }));
  // Large models keep their weights beside the graph.
  const files = [model.modelFile, `${model.modelFile}_data`, `${model.modelFile}.data`];
  for (const file of [...files, join(model.folder, 'tokenizer.json'), join(model.folder, 'tokenizer_config.json')]) {
    if (!existsSync(file)) continue;
    hash.update(`\n${relative(model.folder, file)}\n`);
    for await (const part of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(part);
  }
  return `${model.name}@${hash.digest('hex').slice(0, 12)}`;
}
