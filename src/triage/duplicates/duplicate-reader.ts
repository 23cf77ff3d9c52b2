import type { TextEmbedder } from '../../platform/index.ts';
import type { EntityKind, Language } from '../../ticket/index.ts';
import { findEntities } from '../profile/find-entities.ts';
import { entityNames } from '../profile/product-finders.ts';
import { measureBackground, wholeNumbers } from './dense-reading.ts';
import {
  type Background,
  type DenseReading,
  type Fingerprint,
  fingerprintVersion,
  type NamedThing,
} from './fingerprint.ts';
import { hashOf } from './hash-of.ts';
import { matterOf } from './matter-of.ts';
import { readTerms } from './read-terms.ts';

export interface TextToCompare {
  readonly subject: string;
  readonly body: string;
  readonly language: Language;
}

export interface DuplicateReader {
  /** Of what is read of a text; a fingerprint of another version is like nothing. */
  readonly version: string;
  /** One fingerprint a text, in order. Never rejects: without an answer of the embedding model they hold words alone. */
  read(texts: readonly TextToCompare[]): Promise<Fingerprint[]>;
}

/** Milliseconds that the embedding model may take for one call; without its answer words and concepts decide. */
const patienceMs = 300;

/**
 * Reads tickets for comparison, outside any transaction. The embedder has to be one that every process has alike (a
 * model's files or a server): the builtin one learns from the texts of its own machine.
 */
export function createDuplicateReader({ embedder }: { readonly embedder: TextEmbedder | null }): DuplicateReader {
  let background: Promise<Background> | null = null;

  async function readVectors(texts: readonly string[]): Promise<DenseReading[] | null> {
    if (embedder === null || texts.length === 0) return null;
    try {
      background ??= measureBackground(embedder);
      const [measured, vectors] = await Promise.all([
        withinTime(background),
        withinTime(embedder.embed(texts, { signal: AbortSignal.timeout(patienceMs) })),
      ]);
      const { dimension, id } = embedder;
      return texts.map((_, i) => ({
        embedder: id,
        background: measured,
        values: wholeNumbers(vectors.subarray(i * dimension, (i + 1) * dimension)),
      }));
    } catch {
      // Measured anew when the model answers again.
      if (await failed(background)) background = null;
      return null;
    }
  }

  return {
    version: fingerprintVersion,
    async read(texts) {
      const vectors = await readVectors(texts.map(textOf));
      return texts.map((text, i) => readWords(text, vectors?.[i] ?? null));
    },
  };
}

/** @throws when the promise is not kept in time; what comes later is dropped */
async function withinTime<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The embedding model has not answered in time.')), patienceMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether a promise is broken already; one that is still open is not. */
async function failed(promise: Promise<unknown> | null): Promise<boolean> {
  const open = Symbol('open');
  try {
    return (await Promise.race([promise, Promise.resolve(open)])) === undefined;
  } catch {
    return true;
  }
}

const textOf = ({ subject, body }: TextToCompare): string =>
  matterOf(subject === '' || body.startsWith(subject) ? body : `${subject}\n${body}`);

/** Terms of one text that are kept, those that come first. */
const termLimit = 96;

function readWords(toCompare: TextToCompare, dense: DenseReading | null): Fingerprint {
  const { language } = toCompare;
  const text = textOf(toCompare);
  const { stems, loose, concepts } = readTerms(text, language);
  const counted: (readonly [term: string, count: number])[] = [...concepts];
  for (const [stem, count] of stems) counted.push([loose.has(stem) ? stem : `~${stem}`, count]);
  const kept = counted.slice(0, termLimit);
  return {
    version: fingerprintVersion,
    language,
    terms: kept.map(([term]) => term),
    counts: kept.map(([, count]) => count),
    things: readThings(text, language),
    dense,
  };
}

const thingKinds: Partial<Record<EntityKind, NamedThing['kind']>> = {
  'error-code': 'code',
  'order-number': 'number',
  'invoice-number': 'number',
  'ticket-number': 'number',
  'customer-number': 'number',
  'reference-number': 'number',
};
/** Things of one text that are kept; a pasted list has hundreds. */
const thingLimit = 16;
/** Characters that are looked through for codes and numbers. */
const searched = 4_000;
const names = entityNames();

function readThings(text: string, language: Language): NamedThing[] {
  if (!/\d/.test(text)) return [];
  const things = new Map<number, NamedThing>();
  for (const { kind, value } of findEntities(text.slice(0, searched), { language, names })) {
    const meant = thingKinds[kind];
    if (meant === undefined || things.size >= thingLimit) continue;
    const hash = hashOf(value.toLowerCase());
    things.set(hash, { kind: meant, hash });
  }
  return [...things.values()];
}
