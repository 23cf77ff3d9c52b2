import type { TextEmbedder } from '../../platform/index.ts';
import type { Language } from '../../ticket/index.ts';
import { type Fingerprint, fingerprintVersion } from './fingerprint.ts';
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

function readWords({ subject, body, language }: TextToCompare): Fingerprint {
  const counts = readTerms(`${subject}\n${body}`, language);
  return {
    version: fingerprintVersion,
    terms: [...counts.keys()],
    counts: [...counts.values()],
    things: [],
    dense: null,
  };
}
