import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { SignalboxError } from '../../ticket/index.ts';
import type { OnnxEmbedderSettings } from './port.ts';

export interface Hub {
  readonly host: string;
  /** Path below the host, with `{model}` and `{revision}`. */
  readonly pathTemplate: string;
}

interface Wanted {
  readonly model: string;
  readonly revision: string;
  readonly folder: string;
  readonly hub: Hub;
}

/** What may be absent comes after what may not, so that a wrong name is noticed before 90 MB are on their way. */
const needed = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];
const optional = ['modules.json', '1_Pooling/config.json', 'sentence_bert_config.json'];
const complete = 'complete';

/**
 * The folder of a model of the hub: from the cache when it is whole there (then nothing is asked of the hub), or
 * fetched now. A file appears under its name only when it is whole, so a fetch that was cut off goes on at the file
 * where it stopped.
 *
 * @throws SignalboxError `model-invalid` when the name is none, the model is not in the cache and may not be
 *   fetched, the hub cannot be reached, or it has no such model in ONNX form.
 */
export async function provideModel(
  settings: OnnxEmbedderSettings & { readonly model: string },
  hub: Hub,
): Promise<string> {
  const { model, revision } = parseName(settings.model);
  if (settings.cacheFolder === undefined) throw refuse(settings.model, 'No folder is set to keep it in.');
  const file = settings.weights === 'quantised' ? 'onnx/model_quantized.onnx' : 'onnx/model.onnx';
  const folder = join(resolve(settings.cacheFolder), model, revision);
  const mark = join(folder, `${complete}-${settings.weights ?? 'full'}`);
  if (existsSync(mark)) return folder;
  if (settings.allowRemote !== true)
    throw refuse(
      settings.model,
      `It is not in ${settings.cacheFolder}, and fetching it from the hub is switched off. ` +
        'Allow it, or name a folder that holds the model.',
    );
  const wanted = { model, revision, folder, hub };
  for (const name of needed) await fetchFile(wanted, name, true);
  for (const name of optional) await fetchFile(wanted, name, false);
  await fetchFile(wanted, file, true);
  await fetchFile(wanted, `${file}_data`, false);
  await writeFile(mark, '');
  return folder;
}

function parseName(given: string): { model: string; revision: string } {
  const [, model, revision = 'main'] = /^([\w.-]+\/[\w.-]+)(?:@([\w.-]+))?$/.exec(given) ?? [];
  // The name becomes a path below the cache.
  if (model === undefined || `${model}/${revision}`.split('/').some((part) => /^\.+$/.test(part)))
    throw refuse(given, 'A name on the hub has the form owner/name or owner/name@revision.');
  return { model, revision };
}

async function fetchFile(wanted: Wanted, file: string, mustExist: boolean): Promise<void> {
  const target = join(wanted.folder, file);
  if (existsSync(target)) return;
  const path = wanted.hub.pathTemplate
    .replaceAll('{model}', wanted.model)
    .replaceAll('{revision}', encodeURIComponent(wanted.revision));
  const part = `${target}.${process.pid}.part`;
  try {
    const response = await fetch(new URL(`${path}${file}`, wanted.hub.host));
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      if (!mustExist && response.status === 404) return;
      throw refuse(wanted.model, refusalOf(response.status, file));
    }
    await mkdir(dirname(target), { recursive: true });
    await pipeline(Readable.fromWeb(response.body as ReadableStream), createWriteStream(part));
    await rename(part, target);
  } catch (cause) {
    await rm(part, { force: true });
    if (cause instanceof SignalboxError) throw cause;
    throw refuse(
      wanted.model,
      `${file} could not be fetched: the hub cannot be reached, or the disk refused it.`,
      cause,
    );
  }
}

function refusalOf(status: number, file: string): string {
  if (status === 404) return `The hub has no ${file} for it: choose a model that is offered in ONNX form.`;
  if (status === 401 || status === 403) return 'The hub does not give it to everybody, or has no model of this name.';
  return `The hub answered ${status} for ${file}; try again later.`;
}

function refuse(model: string, why: string, cause?: unknown): SignalboxError {
  const words = `The embedding model ${JSON.stringify(model)} cannot be used. ${why}`;
  return new SignalboxError('model-invalid', words, cause === undefined ? {} : { cause });
}
