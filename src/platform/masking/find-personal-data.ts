import { findEmails, findPrivateLinks } from './contact-finders.ts';
import type { Span } from './kinds.ts';
import { findNames } from './name-finders.ts';
import { findShapedNumbers } from './number-finders.ts';
import { findOfficialNumbers } from './official-numbers.ts';
import { findAddresses, findBirthDates } from './place-finders.ts';
import { placeholderLike } from './placeholders.ts';
import { readText } from './readable-text.ts';
import { findSecrets } from './secret-finders.ts';

/** What is found of itself: the order is that of trust where two findings overlap. */
const finders: readonly ((text: string) => readonly Span[])[] = [
  findPrivateLinks,
  findSecrets,
  findEmails,
  findOfficialNumbers,
  findBirthDates,
  findAddresses,
  findShapedNumbers,
];

export interface PersonalData {
  /** In order, none overlaps another; places in the text as it was written. */
  readonly spans: readonly Span[];
  /** Names among what was found that may be looked for elsewhere. */
  readonly names: readonly string[];
}

/** Personal data and secrets of a text, read as a reader sees it. `known` finds what is known beforehand. O(length). */
export function findPersonalData(written: string, known: (text: string) => readonly Span[]): PersonalData {
  const { text, place } = readText(written);
  const names = findNames(text);
  const inWritten = ({ kind, start, end }: Span): Span => ({ kind, start: place(start), end: place(end) });
  // One that somebody wrote would be taken for one of ours on the way back.
  const placeholders = [...written.matchAll(placeholderLike)].map((match) => ({
    kind: 'TEXT' as const,
    start: match.index,
    end: match.index + match[0].length,
  }));
  const found = [...finders.map((find) => find(text)), known(text), names].map((spans) => spans.map(inWritten));
  return {
    spans: withoutOverlap([placeholders, ...found], written.length),
    names: names.filter(({ spreads }) => spreads).map(({ start, end }) => text.slice(start, end)),
  };
}

/** Earlier lists win; within a list the longer of two. What a winner covers in part is cut, never shown in clear. */
function withoutOverlap(lists: readonly (readonly Span[])[], length: number): Span[] {
  const taken = new Uint8Array(length + 1);
  const kept: Span[] = [];
  for (const list of lists) {
    for (const span of [...list].sort((a, b) => b.end - b.start - (a.end - a.start))) {
      for (const part of freeParts(span, taken)) {
        taken.fill(1, part.start, part.end);
        kept.push(part);
      }
    }
  }
  return joinNames(kept.sort((a, b) => a.start - b.start));
}

/** "Winifred O.", of which one finder saw the first word and another both, is one name. */
function joinNames(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last?.kind === 'PERSON' && span.kind === 'PERSON' && last.end === span.start)
      joined[joined.length - 1] = { ...last, end: span.end };
    else joined.push(span);
  }
  return joined;
}

/** The parts of a span that nothing took; a single character is an ending ("Sommerfelds") or a sign. */
function freeParts({ kind, start, end }: Span, taken: Uint8Array): Span[] {
  const parts: Span[] = [];
  for (let from = start; from < end; from++) {
    if (taken[from] === 1) continue;
    let to = from;
    while (to < end && taken[to] === 0) to++;
    if (to - from >= 2) parts.push({ kind, start: from, end: to });
    from = to;
  }
  return parts;
}
