import type { SavedState, Section } from './estimator.ts';
import { failure, type Outcome, success } from './outcome.ts';

/**
 * One file: preamble (24 bytes: magic "SBXMODEL", format version, header length, body length, checksum length;
 * unsigned 32-bit, little-endian) · header (JSON, padded with blanks to 8) · body (each section from a multiple
 * of 8) · checksum of all before it, as ASCII. Sections are read as views of the file, so a model of 4 MB loads
 * in the time its checksum takes. All machines we run on are little-endian; others are refused.
 */
const magic = 'SBXMODEL';
export const modelFormatVersion = 1;
const preambleLength = 24;

/** Hash of bytes as a short ASCII text (hexadecimal SHA-256 in use); passed in since mathematics has no packages. */
export type Checksum = (bytes: Uint8Array) => string;

const constructors = {
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
  u16: Uint16Array,
  u8: Uint8Array,
} as const;
type SectionType = keyof typeof constructors;

interface SectionEntry {
  readonly name: string;
  readonly type: SectionType;
  readonly offset: number;
  readonly length: number;
}

export function serialiseModel(model: SavedState, checksum: Checksum): Uint8Array {
  const entries: SectionEntry[] = [];
  let bodyLength = 0;
  for (const [name, section] of Object.entries(model.sections)) {
    entries.push({ name, type: typeOf(section), offset: bodyLength, length: section.length });
    bodyLength = aligned(bodyLength + section.byteLength);
  }
  const json = new TextEncoder().encode(JSON.stringify({ ...model.header, sections: entries }));
  const headerLength = aligned(json.length);
  const bodyStart = preambleLength + headerLength;
  const checksumLength = checksum(new Uint8Array(0)).length;
  const bytes = new Uint8Array(bodyStart + bodyLength + checksumLength);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < magic.length; i++) bytes[i] = magic.charCodeAt(i);
  [modelFormatVersion, headerLength, bodyLength, checksumLength].forEach((number, i) => {
    view.setUint32(8 + 4 * i, number, true);
  });
  bytes.fill(0x20, preambleLength, bodyStart);
  bytes.set(json, preambleLength);
  for (const entry of entries) {
    const section = model.sections[entry.name]!;
    bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), bodyStart + entry.offset);
  }
  const sum = checksum(bytes.subarray(0, bodyStart + bodyLength));
  for (let i = 0; i < checksumLength; i++) bytes[bodyStart + bodyLength + i] = sum.charCodeAt(i);
  return bytes;
}

export interface ParsedModel extends SavedState {
  /** The checksum the file carries: the identity of this very model. */
  readonly checksum: string;
}

/** Refuses, with the reason, what is not ours, of another version, cut short, too long or altered. */
export function parseModel(file: Uint8Array, checksum: Checksum): Outcome<ParsedModel> {
  if (new Uint8Array(Uint32Array.of(1).buffer)[0] !== 1)
    return failure('Models can only be read on little-endian machines.');
  if (file.length < preambleLength || text(file.subarray(0, 8)) !== magic) {
    return failure('This is not a Signalbox model file.');
  }
  // A view of a file may begin anywhere in its buffer; typed arrays need multiples of their size.
  const bytes = file.byteOffset % 8 === 0 ? file : file.slice();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [version, headerLength, bodyLength, checksumLength] = [8, 12, 16, 20].map((at) => view.getUint32(at, true)) as [
    number,
    number,
    number,
    number,
  ];
  if (version !== modelFormatVersion) {
    return failure(
      `The model file has format ${version}; this version reads format ${modelFormatVersion}. Train again.`,
    );
  }
  const end = preambleLength + headerLength + bodyLength;
  if (bytes.length < end + checksumLength) return failure('The model file is cut short. Copy or train it again.');
  if (bytes.length > end + checksumLength) return failure('The model file has bytes behind its end. Copy it again.');
  const stored = text(bytes.subarray(end));
  if (checksumLength === 0 || checksum(bytes.subarray(0, end)) !== stored) {
    return failure('The checksum of the model file does not fit: it was altered or damaged. Copy or train it again.');
  }
  const body = bytes.subarray(preambleLength + headerLength, end);
  return readParts(bytes.subarray(preambleLength, preambleLength + headerLength), body, stored);
}

function readParts(headerBytes: Uint8Array, body: Uint8Array, checksum: string): Outcome<ParsedModel> {
  let header: Record<string, unknown>;
  try {
    header = JSON.parse(new TextDecoder().decode(headerBytes));
  } catch {
    return failure('The header of the model file is not JSON.');
  }
  const { sections: entries, ...rest } = header;
  if (!Array.isArray(entries)) return failure('The model file has no list of sections.');
  const sections: Record<string, Section> = {};
  for (const entry of entries as SectionEntry[]) {
    const TypedArray = constructors[entry.type];
    if (TypedArray === undefined) return failure(`The section "${entry.name}" has an unknown type.`);
    if (entry.offset + entry.length * TypedArray.BYTES_PER_ELEMENT > body.length) {
      return failure(`The section "${entry.name}" reaches behind the end of the file.`);
    }
    sections[entry.name] = new TypedArray(body.buffer as ArrayBuffer, body.byteOffset + entry.offset, entry.length);
  }
  return success({ header: rest, sections, checksum });
}

function typeOf(section: Section): SectionType {
  if (section instanceof Int32Array) return 'i32';
  if (section instanceof Float32Array) return 'f32';
  if (section instanceof Float64Array) return 'f64';
  return section instanceof Uint16Array ? 'u16' : 'u8';
}

function aligned(length: number): number {
  return Math.ceil(length / 8) * 8;
}

function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
