import type { SavedState } from '../estimator.ts';
import type { ByteRows } from './byte-rows.ts';
import type { View } from './embed-text.ts';

type Sections = SavedState['sections'];

export function sectionsOf(prefix: string, view: View): Sections {
  return {
    [`${prefix}-common`]: view.common,
    [`${prefix}-words`]: view.words.bytes,
    [`${prefix}-word-scales`]: view.words.scales,
    [`${prefix}-subwords`]: view.subwords.bytes,
    [`${prefix}-subword-scales`]: view.subwords.scales,
  };
}

/** null when something is missing or of another size. */
export function readView(prefix: string, sections: Sections, size: { words: number; subwords: number }): View | null {
  const common = sections[`${prefix}-common`];
  if (!(common instanceof Float32Array)) return null;
  const rows = (name: string, count: number): ByteRows | null => {
    const bytes = sections[`${prefix}-${name}s`];
    const scales = sections[`${prefix}-${name}-scales`];
    if (!(bytes instanceof Uint8Array) || !(scales instanceof Float32Array)) return null;
    return scales.length === count && bytes.length === count * common.length
      ? { width: common.length, bytes, scales }
      : null;
  };
  const words = rows('word', size.words);
  const subwords = rows('subword', size.subwords);
  return words && subwords ? { words, subwords, common } : null;
}
