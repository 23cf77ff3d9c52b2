import { tableOf } from '../features/hash-table.ts';
import { parseModel, serialiseModel } from '../model-format.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { contentHash } from './content-hash.ts';
import { type EmbedderState, embed } from './embed-text.ts';
import { readView, sectionsOf } from './saved-view.ts';

/** Turns texts into vectors whose cosine says how much they are about the same. */
export interface SubwordEmbedder {
  readonly dimension: number;
  /** Hash of what was learnt: vectors of embedders with the same id may be compared, others not. */
  readonly id: string;
  /**
   * `dimension` numbers of length 1 (L2); all 0 for a text without a content word that the embedder can place. The same
   * text gives the same bits in every process. O(letters · dimension): 0.1 ms for 100 words at 256 numbers.
   */
  embed(text: string): Float32Array;
  /** Everything needed to embed the same bits again; read by `loadSubwordEmbedder`. */
  save(): Uint8Array;
}

/** Changes whenever the same state would give other vectors. */
const version = 'subword-2';

/** The embedder of a state, which must not change any more. */
export function openEmbedder(state: EmbedderState): SubwordEmbedder {
  const bytes = serialiseModel(
    {
      header: { embedder: version, texts: state.texts, words: [...state.words.keys()] },
      sections: {
        idf: state.idf,
        'subword-hashes': state.subwordHashes,
        ...sectionsOf('topic', state.topics),
        ...sectionsOf('neighbour', state.neighbours),
      },
    },
    contentHash,
  );
  return openSaved(state, bytes);
}

function openSaved(state: EmbedderState, bytes: Uint8Array): SubwordEmbedder {
  return {
    dimension: state.topics.common.length + state.neighbours.common.length,
    id: String.fromCharCode(...bytes.subarray(-16)),
    embed: (text) => embed(state, text),
    save: () => bytes.slice(),
  };
}

/** Refuses, with the reason, what is no saved embedder, damaged, or of another version. 2 ns a byte. */
export function loadSubwordEmbedder(bytes: Uint8Array): Outcome<SubwordEmbedder> {
  const parsed = parseModel(bytes, contentHash);
  if (!parsed.ok) return parsed;
  const { header, sections } = parsed.value;
  if (header['embedder'] !== version) {
    return failure(`The embedder is of kind ${String(header['embedder'])}, this is ${version}. Fit it again.`);
  }
  const { texts, words } = header;
  const { idf, 'subword-hashes': subwordHashes } = sections;
  if (typeof texts !== 'number' || !Array.isArray(words) || !(idf instanceof Float64Array)) {
    return failure('The embedder has no complete vocabulary. Fit it again.');
  }
  if (!(subwordHashes instanceof Int32Array)) return failure('The embedder has no letter groups. Fit it again.');
  const size = { words: words.length, subwords: subwordHashes.length };
  const topics = readView('topic', sections, size);
  const neighbours = readView('neighbour', sections, size);
  if (topics === null || neighbours === null) return failure('The embedder has no complete vectors. Fit it again.');
  const numbers = new Map((words as string[]).map((word, i) => [word, i]));
  const subwords = tableOf(subwordHashes);
  return success(openSaved({ texts, words: numbers, idf, subwordHashes, subwords, topics, neighbours }, bytes.slice()));
}
