import { findPersonalData } from './find-personal-data.ts';
import type { MaskKind, Span } from './kinds.ts';
import { createKnownValues } from './known-values.ts';
import { placeholderOf, putBack, settledLength } from './placeholders.ts';
import { readText } from './readable-text.ts';

export interface MaskerOptions {
  /** Values that are masked wherever they stand: the customer's name and address. */
  readonly known?: readonly string[];
}

/** Masks what goes out and puts it back in what comes in. One for each call or ticket; holds its values in memory. */
export interface Masker {
  /** Reads a part of the conversation for names without masking it, so that the parts before it hide them, too. */
  learn(text: string): void;
  /** The text with a placeholder for each personal value; `unmask` of it is the text again, to the letter. */
  mask(text: string): string;
  /** Values for placeholders, also where case or blanks changed; an invented placeholder stays. */
  unmask(text: string): string;
  /** The same, piece by piece: the pieces together are what `unmask` makes of the whole. */
  unmaskStream(): { push(piece: string): string; end(): string };
  /** Placeholders that a reply invented. */
  readonly unknownPlaceholders: readonly string[];
  /** How often each kind was masked. */
  readonly found: readonly { readonly kind: MaskKind; readonly count: number }[];
}

/** The same value gets the same number in every text; another spelling of it the same number and a letter. */
export function createMasker({ known = [] }: MaskerOptions = {}): Masker {
  const knownValues = createKnownValues();
  for (const value of known) knownValues.add(value);
  const placeholders = createPlaceholders();
  const counts = new Map<MaskKind, number>();
  const unknown = new Set<string>();
  const find = (text: string) => findPersonalData(text, (t) => knownValues.find(t));

  const learned = new Set<string>();

  function learn(text: string): void {
    if (learned.has(text)) return;
    learned.add(text);
    // The shorter first: "Sommerfelds" then is "Sommerfeld" with an ending, not a name of its own.
    for (const name of [...find(text).names].sort((a, b) => a.length - b.length))
      if (!covers(knownValues.find(name), name)) knownValues.add(name);
  }

  const unmask = (text: string) => putBack(text, placeholders.values, (invented) => unknown.add(invented));

  return {
    learn,
    mask(text) {
      learn(text);
      let masked = '';
      let from = 0;
      for (const { kind, start, end } of find(text).spans) {
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        masked += text.slice(from, start) + placeholders.of(kind, text.slice(start, end));
        from = end;
      }
      return masked + text.slice(from);
    },
    unmask,
    unmaskStream: () => streamOf(unmask),
    get unknownPlaceholders() {
      return [...unknown];
    },
    get found() {
      return [...counts].map(([kind, count]) => ({ kind, count }));
    },
  };
}

/** Whether a name is known already but for its ending. */
const covers = (spans: readonly Span[], name: string): boolean =>
  spans.length === 1 && spans[0]!.start === 0 && spans[0]!.end >= name.length - 2;

function createPlaceholders() {
  const values = new Map<string, string>();
  const byWritten = new Map<string, string>();
  const numbers = new Map<string, { number: number; spellings: number }>();
  const perKind = new Map<MaskKind, number>();

  function of(kind: MaskKind, written: string): string {
    const key = `${kind} ${written}`;
    const before = byWritten.get(key);
    if (before !== undefined) return before;
    const same = `${kind} ${oneSpelling(kind, written)}`;
    let entry = numbers.get(same);
    if (entry === undefined || entry.spellings >= 25) {
      const number = (perKind.get(kind) ?? 0) + 1;
      perKind.set(kind, number);
      entry = { number, spellings: -1 };
      numbers.set(same, entry);
    }
    entry.spellings += 1;
    const placeholder = placeholderOf(kind, entry.number, entry.spellings);
    values.set(placeholder, written);
    byWritten.set(key, placeholder);
    return placeholder;
  }
  return { of, values };
}

const compact = new Set<MaskKind>(['PHONE', 'IBAN', 'CARD', 'TAXID', 'PENSIONID', 'HEALTHID', 'IDCARD', 'SSN']);

function oneSpelling(kind: MaskKind, written: string): string {
  const { text } = readText(written);
  if (kind === 'SECRET' || kind === 'TEXT' || kind === 'URL') return written;
  if (compact.has(kind)) return text.replace(/[^\p{L}\d+]/gu, '').toUpperCase();
  return text.toLowerCase().replace(/\s+/g, ' ');
}

function streamOf(unmask: (text: string) => string) {
  let waiting = '';
  /** The last character that went out: a placeholder without brackets begins where a word does. */
  let last = '';
  const release = (length: number): string => {
    const ready = last + waiting.slice(0, length);
    if (length === 0) return '';
    waiting = waiting.slice(length);
    const shown = unmask(ready).slice(last.length);
    last = ready.slice(-1);
    return shown;
  };
  return {
    push(piece: string): string {
      waiting += piece;
      return release(settledLength(waiting));
    },
    end: () => release(waiting.length),
  };
}
