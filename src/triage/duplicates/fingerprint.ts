import type { Language } from '../../ticket/index.ts';

/** Changes whenever the same text is read to other terms; fingerprints of two versions are never alike. */
export const fingerprintVersion = 'words-2';

/** A code or number that tells one matter from another of the same kind; its value only as a hash. */
export interface NamedThing {
  readonly kind: 'code' | 'number';
  readonly hash: number;
}

export interface Background {
  /** Mean cosine of texts that have nothing to do with each other. */
  readonly mean: number;
  /** Whether it knows that a German and an English text say the same; one that does not is asked about English only. */
  readonly bilingual: boolean;
}

/** A vector of an embedding model in whole numbers: 127 stands for its largest value. */
export interface DenseReading {
  /** What made it; vectors of two models are never compared. */
  readonly embedder: string;
  /** How far the model can be believed, measured once; see `measureBackground`. */
  readonly background: Background;
  readonly values: Int8Array;
}

/** What is read of a ticket to tell whether another reports the same problem. The text cannot be had back from it. */
export interface Fingerprint {
  readonly version: string;
  readonly language: Language;
  /** Concepts ("!outage", "#server"), stems, and with "~" in front stems that a concept stands for already; see `readTerms`. */
  readonly terms: readonly string[];
  /** How often each term stands in the text. */
  readonly counts: readonly number[];
  readonly things: readonly NamedThing[];
  readonly dense: DenseReading | null;
}

const newline = 0x0a;

interface Written {
  readonly v: string;
  readonly l: Language;
  readonly t: string;
  /** Counts by place, only those above one. */
  readonly n?: Readonly<Record<string, number>>;
  readonly e?: readonly (readonly [NamedThing['kind'], number])[];
  readonly d?: { readonly m: string; readonly b: readonly [mean: number, bilingual: boolean] };
}

/** A line of JSON, behind it the bytes of the vector where there is one: 0.3 kB for a usual ticket, 0.4 kB more with 384 numbers. */
export function encodeFingerprint({ version, language, terms, counts, things, dense }: Fingerprint): Buffer {
  const repeated = counts.flatMap((count, i) => (count > 1 ? [[i, count] as const] : []));
  const line: Written = {
    v: version,
    l: language,
    t: terms.join(' '),
    ...(repeated.length > 0 && { n: Object.fromEntries(repeated) }),
    ...(things.length > 0 && { e: things.map(({ kind, hash }) => [kind, hash] as const) }),
    ...(dense && { d: { m: dense.embedder, b: [dense.background.mean, dense.background.bilingual] } }),
  };
  const head = Buffer.from(`${JSON.stringify(line)}\n`);
  if (dense === null) return head;
  return Buffer.concat([head, Buffer.from(dense.values.buffer, dense.values.byteOffset, dense.values.byteLength)]);
}

/** What cannot be read (cut off, or written by a version to come) is a fingerprint without terms: like nothing else. */
export function decodeFingerprint(bytes: Buffer): Fingerprint {
  const end = bytes.indexOf(newline);
  try {
    return fromWritten(JSON.parse(bytes.toString('utf8', 0, end)) as Written, bytes.subarray(end + 1));
  } catch {
    return { version: 'unreadable', language: 'other', terms: [], counts: [], things: [], dense: null };
  }
}

function fromWritten({ v, l, t, n = {}, e = [], d }: Written, rest: Buffer): Fingerprint {
  const terms = t === '' ? [] : t.split(' ');
  return {
    version: v,
    language: l,
    terms,
    counts: terms.map((_, i) => n[i] ?? 1),
    things: e.map(([kind, hash]) => ({ kind, hash })),
    dense: d
      ? { embedder: d.m, background: { mean: d.b[0], bilingual: d.b[1] }, values: new Int8Array(Buffer.from(rest)) }
      : null,
  };
}
