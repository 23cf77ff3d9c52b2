/**
 * One tokenisation and one phrase matcher for urgency cues, sentiment and signals. Words are compared in lower
 * case with ä, ö, ü, ß as ae, oe, ue, ss, so that "Störung", "STÖRUNG" and "Stoerung" are one.
 */
export interface Tokens {
  readonly text: string;
  /** Folded words, in order; numbers stay as they are written. */
  readonly words: readonly string[];
  /** Where each word begins and ends in `text` (UTF-16 units). */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Ordinal of the sentence, and of the clause, that each word stands in. */
  readonly sentences: readonly number[];
  readonly clauses: readonly number[];
}

/** Words read of one text. Longer texts are logs and quoted mail; measured on the starter tickets none matters. */
const tokenLimit = 800;

const isWordCode = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  (code >= 0xc0 &&
    code !== 0xd7 &&
    code !== 0xf7 &&
    (code < 0x2000 || (code > 0x303f && (code < 0xd800 || code > 0xdfff))));
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isApostrophe = (code: number): boolean => code === 39 || code === 0x2019;

/** Where a word that begins at `at` ends; apostrophes inside a word and separators inside a number belong to it. */
function endOfWord(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (isWordCode(code)) end++;
    else if (isApostrophe(code) && isWordCode(text.charCodeAt(end + 1))) end++;
    else if (
      (code === 46 || code === 44 || code === 58) &&
      isDigit(text.charCodeAt(end - 1)) &&
      isDigit(text.charCodeAt(end + 1))
    )
      end++;
    else break;
  }
  return end;
}

/** Words after which a new thought begins: a "no" before them says nothing about what follows. */
const clauseOpeners = new Set(
  'but however although though because aber sondern jedoch doch obwohl weil allerdings'.split(' '),
);

/** Splits a text into folded words with their places. O(length), at most 800 words. */
export function tokenise(text: string): Tokens {
  const words: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const sentences: number[] = [];
  const clauses: number[] = [];
  let sentence = 0;
  let clause = 0;
  let at = 0;
  while (at < text.length && words.length < tokenLimit) {
    const code = text.charCodeAt(at);
    if (!isWordCode(code)) {
      const end = boundary(text, at, code);
      if (end > 0) clause++;
      if (end > 1) sentence++;
      at++;
      continue;
    }
    const end = endOfWord(text, at);
    const word = fold(text.slice(at, end));
    if (clauseOpeners.has(word)) clause++;
    words.push(word);
    starts.push(at);
    ends.push(end);
    sentences.push(sentence);
    clauses.push(clause);
    at = end;
  }
  return { text, words, starts, ends, sentences, clauses };
}

/** 2 for the end of a sentence, 1 for that of a clause, 0 for neither. */
function boundary(text: string, at: number, code: number): 0 | 1 | 2 {
  if (code === 33 || code === 63 || code === 10 || code === 59) return 2;
  if (code === 46) return text.charCodeAt(at + 1) <= 32 || at + 1 >= text.length ? 2 : 0;
  if (code === 44 || code === 58 || code === 40 || code === 41 || code === 0x2013 || code === 0x2014) return 1;
  return code === 45 && text.charCodeAt(at + 1) === 32 ? 1 : 0;
}

const foldings: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', '’': "'" };

/** Lower case, umlauts and ß written out. */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  let plain = true;
  for (let i = 0; i < lower.length; i++) {
    const code = lower.charCodeAt(i);
    if (code < 128) continue;
    plain = false;
    // Below there is nothing to be put together, and normalising costs more than all the rest.
    if (code >= 0x300 && code !== 0x2019) return lower.normalize('NFC').replace(foldable, foldLetter);
  }
  return plain ? lower : lower.replace(foldable, foldLetter);
}

const foldable = /[äöüß’]/g;
const foldLetter = (letter: string): string => foldings[letter] ?? letter;

interface Node<T> {
  readonly next: Map<string, Node<T>>;
  payload: T | null;
  /** What may follow after a gap of up to `gapLimit` words in the same sentence. */
  gap: Node<T> | null;
}

/** Phrases with a payload each; see `buildPhrases` for how they are written. */
export interface Phrases<T> {
  readonly root: Node<T>;
  /** Compounds by their end ("*ausfall") and beginning ("produktions*"), keyed by the outermost three letters. */
  readonly endings: ReadonlyMap<string, readonly Compound<T>[]>;
  readonly beginnings: ReadonlyMap<string, readonly Compound<T>[]>;
}

interface Compound<T> {
  readonly part: string;
  readonly payload: T;
}

const gapLimit = 5;
const germanEndings = ['', 'e', 'er', 'es', 'en', 'em'];

/**
 * Builds a matcher. In a phrase "a|b" is either word, "[a]" a word that may be missing, "wort~" the word with any
 * German adjective ending, "#" any number, "…" a gap of up to five words within the sentence, "*x" and "x*" a
 * compound (alone only). Where the same words are entered twice, and for a phrase that begins with another, `merge`
 * says what holds; without it the later and the longer one.
 */
export function buildPhrases<T>(
  entries: Iterable<readonly [phrase: string, payload: T]>,
  merge: Merge<T> = (_, later) => later,
): Phrases<T> {
  const root = newNode<T>();
  const endings = new Map<string, Compound<T>[]>();
  const beginnings = new Map<string, Compound<T>[]>();
  for (const [phrase, payload] of entries) {
    const part = fold(phrase.replaceAll('*', ''));
    if (phrase.startsWith('*')) addCompound(endings, part.slice(-3), { part, payload });
    else if (phrase.endsWith('*')) addCompound(beginnings, part.slice(0, 3), { part, payload });
    else addPhrase(root, phrase, payload, merge);
  }
  inherit(root, null, merge);
  return { root, endings, beginnings };
}

function addCompound<T>(table: Map<string, Compound<T>[]>, key: string, compound: Compound<T>): void {
  table.set(key, [...(table.get(key) ?? []), compound]);
}

type Merge<T> = (shorterOrEarlier: T, longerOrLater: T) => T;

/** Gives every phrase what its beginning says by itself. */
function inherit<T>(node: Node<T>, above: T | null, merge: Merge<T>): void {
  if (node.payload !== null && above !== null) node.payload = merge(above, node.payload);
  const passed = node.payload ?? above;
  for (const child of node.next.values()) inherit(child, passed, merge);
  if (node.gap !== null) inherit(node.gap, passed, merge);
}

function addPhrase<T>(root: Node<T>, phrase: string, payload: T, merge: Merge<T>): void {
  let nodes: Node<T>[] = [root];
  for (const part of phrase.split(/\s+/)) {
    if (part === '…') {
      nodes = nodes.map((node) => (node.gap ??= newNode<T>()));
      continue;
    }
    const optional = part.startsWith('[');
    const reached = nodes.flatMap((node) =>
      spellings(optional ? part.slice(1, -1) : part).map((word) => childOf(node, word)),
    );
    nodes = optional ? [...nodes, ...reached] : reached;
  }
  for (const node of nodes) node.payload = node.payload === null ? payload : merge(node.payload, payload);
}

const newNode = <T>(): Node<T> => ({ next: new Map(), payload: null, gap: null });

function spellings(part: string): string[] {
  return part.split('|').flatMap((word) => {
    const folded = fold(word);
    if (!folded.endsWith('~')) return [folded];
    return germanEndings.map((ending) => folded.slice(0, -1) + ending);
  });
}

function childOf<T>(node: Node<T>, word: string): Node<T> {
  let child = node.next.get(word);
  if (child === undefined) {
    child = newNode<T>();
    node.next.set(word, child);
  }
  return child;
}

/** A phrase found: words `from` to `to` (exclusive), `matched` of them part of the phrase (fewer with a gap). */
export interface PhraseMatch<T> {
  readonly payload: T;
  readonly from: number;
  readonly to: number;
  readonly matched: number;
}

/** The match of most words that begins at word `at`, or null. O(1) for words that begin no phrase. */
export function matchAt<T>(phrases: Phrases<T>, tokens: Tokens, at: number): PhraseMatch<T> | null {
  const word = tokens.words[at]!;
  const first = phrases.root.next.get(word) ?? numberChild(phrases.root, word);
  const found = first === undefined ? null : walk(first, tokens, { from: at, at: at + 1, matched: 1 });
  return found ?? matchCompound(phrases, word, at);
}

interface Walk {
  readonly from: number;
  readonly at: number;
  readonly matched: number;
}

function walk<T>(start: Node<T>, tokens: Tokens, { from, at, matched }: Walk): PhraseMatch<T> | null {
  const { words, sentences } = tokens;
  const sentence = sentences[from];
  let node: Node<T> | undefined = start;
  let best: PhraseMatch<T> | null = null;
  for (let i = at, count = matched; node !== undefined; i++, count++) {
    if (node.payload !== null) best = { payload: node.payload, from, to: i, matched: count };
    if (node.gap !== null) best = longer(best, walkGap(node.gap, tokens, { from, at: i, matched: count }));
    const word = words[i];
    if (word === undefined || sentences[i] !== sentence) break;
    node = node.next.get(word) ?? numberChild(node, word);
  }
  return best;
}

function walkGap<T>(tail: Node<T>, tokens: Tokens, { from, at, matched }: Walk): PhraseMatch<T> | null {
  const sentence = tokens.sentences[from];
  for (let i = at; i <= at + gapLimit && tokens.sentences[i] === sentence; i++) {
    const word = tokens.words[i]!;
    const first = tail.next.get(word) ?? numberChild(tail, word);
    if (first === undefined) continue;
    const found = walk(first, tokens, { from, at: i + 1, matched: matched + 1 });
    if (found !== null) return found;
  }
  return null;
}

function numberChild<T>(node: Node<T>, word: string): Node<T> | undefined {
  return isDigit(word.charCodeAt(0)) ? node.next.get('#') : undefined;
}

function longer<T>(a: PhraseMatch<T> | null, b: PhraseMatch<T> | null): PhraseMatch<T> | null {
  if (a === null || b === null) return a ?? b;
  return b.matched > a.matched ? b : a;
}

function matchCompound<T>(phrases: Phrases<T>, word: string, at: number): PhraseMatch<T> | null {
  if (word.length < 8) return null;
  const found =
    phrases.endings.get(word.slice(-3))?.find(({ part }) => word.length > part.length && word.endsWith(part)) ??
    phrases.beginnings.get(word.slice(0, 3))?.find(({ part }) => word.length > part.length && word.startsWith(part));
  return found === undefined ? null : { payload: found.payload, from: at, to: at + 1, matched: 1 };
}

/** Finds phrases from left to right, the longest at each place; words of a phrase without gap begin no other. */
export function findPhrases<T>(phrases: Phrases<T>, tokens: Tokens): PhraseMatch<T>[] {
  const matches: PhraseMatch<T>[] = [];
  for (let at = 0; at < tokens.words.length; ) {
    const match = matchAt(phrases, tokens, at);
    if (match === null) {
      at++;
      continue;
    }
    matches.push(match);
    at = match.matched === match.to - match.from ? match.to : at + 1;
  }
  return matches;
}

/** The text of a match as the customer wrote it. */
export const wordsOf = (tokens: Tokens, match: { readonly from: number; readonly to: number }): string =>
  tokens.text.slice(tokens.starts[match.from], tokens.ends[match.to - 1]);
