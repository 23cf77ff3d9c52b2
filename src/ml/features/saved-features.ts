import type { SavedState } from '../estimator.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { scannerVersion } from './scan-ngrams.ts';
import type { TextFeatureSettings, TextFeatures } from './text-features.ts';
import type { Vocabulary } from './vocabulary.ts';

export function saveTextFeatures(features: TextFeatures): SavedState {
  return {
    header: { scanner: features.version, settings: features.settings },
    sections: { ...sectionsOf('word', features.words), ...sectionsOf('character', features.characters) },
  };
}

function sectionsOf(prefix: string, vocabulary: Vocabulary): SavedState['sections'] {
  return {
    [`${prefix}-hashes`]: vocabulary.hashes,
    [`${prefix}-idf`]: vocabulary.idf,
    [`${prefix}-names`]: vocabulary.nameCodes,
    [`${prefix}-name-offsets`]: vocabulary.nameOffsets,
  };
}

/** Refuses features of another tokeniser or hash: their columns would mean other n-grams. */
export function loadTextFeatures(saved: SavedState): Outcome<TextFeatures> {
  const { scanner, settings } = saved.header;
  if (scanner !== scannerVersion) {
    return failure(`The model was trained with tokeniser ${String(scanner)}, this is ${scannerVersion}. Train again.`);
  }
  if (typeof settings !== 'object' || settings === null) return failure('The model names no feature settings.');
  const words = vocabularyOf('word', saved.sections);
  const characters = vocabularyOf('character', saved.sections);
  if (words === null || characters === null) return failure('The model has no complete vocabulary.');
  return success({ version: scannerVersion, settings: settings as TextFeatureSettings, words, characters });
}

function vocabularyOf(prefix: string, sections: SavedState['sections']): Vocabulary | null {
  const hashes = sections[`${prefix}-hashes`];
  const idf = sections[`${prefix}-idf`];
  const nameCodes = sections[`${prefix}-names`];
  const nameOffsets = sections[`${prefix}-name-offsets`];
  if (!(hashes instanceof Int32Array) || !(idf instanceof Float64Array)) return null;
  if (!(nameCodes instanceof Uint16Array) || !(nameOffsets instanceof Int32Array)) return null;
  return idf.length === hashes.length && nameOffsets.length === hashes.length + 1
    ? { hashes, idf, nameCodes, nameOffsets }
    : null;
}
