import type { TextEmbedder } from '../../platform/index.ts';
import type { EntityKind, Language } from '../../ticket/index.ts';
import { findEntities } from '../profile/find-entities.ts';
import { entityNames } from '../profile/product-finders.ts';
import { type Fingerprint, fingerprintVersion, type NamedThing } from './fingerprint.ts';
import { hashOf } from './hash-of.ts';
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

/** Reads tickets for comparison, outside any transaction. */
export function createDuplicateReader(_options: { readonly embedder: TextEmbedder | null }): DuplicateReader {
  return {
    version: fingerprintVersion,
    read: async (texts) => texts.map(readWords),
  };
}

/** Terms of one text that are kept, those that come first. */
const termLimit = 96;

function readWords({ subject, body, language }: TextToCompare): Fingerprint {
  const text = subject === '' || body.startsWith(subject) ? body : `${subject}\n${body}`;
  const { stems, loose, concepts } = readTerms(text, language);
  const counted: (readonly [term: string, count: number])[] = [...concepts];
  for (const [stem, count] of stems) counted.push([loose.has(stem) ? stem : `~${stem}`, count]);
  const kept = counted.slice(0, termLimit);
  return {
    version: fingerprintVersion,
    terms: kept.map(([term]) => term),
    counts: kept.map(([, count]) => count),
    things: readThings(text, language),
    dense: null,
  };
}

const thingKinds: Partial<Record<EntityKind, NamedThing['kind']>> = {
  'error-code': 'code',
  'order-number': 'number',
  'invoice-number': 'number',
  'ticket-number': 'number',
  'customer-number': 'number',
  'reference-number': 'number',
  version: 'version',
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
