/**
 * Splits German compounds by a vocabulary of words that were seen on their own: "rechnungskorrektur" →
 * "rechnung", "korrektur". Among the possible splits the one with the highest geometric mean of the parts'
 * frequencies wins (P. Koehn and K. Knight, Empirical Methods for Compound Splitting, EACL 2003, section 2.3);
 * unlike there, the unsplit word does not compete: the caller keeps it beside its parts.
 */
export interface CompoundOptions {
  /** How often a word stands on its own; 0 for a word never seen. Asked for lower-case words. */
  readonly frequencyOf: (word: string) => number;
  /** Letters a part has at least. Three would allow "mit|arbeiter" and "gut|schrift". */
  readonly minimum?: number;
  /** At most so many parts. */
  readonly most?: number;
}

const links = ['', 's', 'es', 'n', 'en', 'er'];

/** Syllables that derive or inflect words; as parts they make nonsense. */
const notParts = new Set(
  (
    'lich heit keit haft schaft ungen ungs isch weise fach fähig über unter nach auch eine einen einer eines ' +
    'sich sein wird dass oder aber wenn dann denn noch nicht kein mehr sehr hier dort eben ents gegen ohne ' +
    'durch zwischen wieder weiter immer diese dieser jede jeder ihre ihrer unser haben sind selbst'
  ).split(' '),
);

interface Split {
  readonly parts: readonly string[];
  readonly logSum: number;
}

/** The parts in order, at least two, or an empty list. `word` is lower case. */
export function splitCompound(word: string, options: CompoundOptions): string[] {
  const minimum = options.minimum ?? 4;
  if (word.length < 2 * minimum || word.length > 60 || !/^\p{Ll}+$/u.test(word)) return [];
  const best = bestSplit(word, { minimum, most: options.most ?? 4, frequencyOf: options.frequencyOf });
  return best && best.parts.length > 1 ? [...best.parts] : [];
}

function bestSplit(word: string, options: Required<CompoundOptions>): Split | null {
  let best: Split | null = null;
  for (let end = options.minimum; end <= word.length - options.minimum; end++) {
    const head = word.slice(0, end);
    const frequency = partFrequency(head, options);
    if (frequency === 0) continue;
    for (const link of links) {
      if (!word.startsWith(link, end)) continue;
      const tail = splitTail(word.slice(end + link.length), options);
      if (!tail) continue;
      const split = { parts: [head, ...tail.parts], logSum: Math.log(frequency) + tail.logSum };
      if (!best || mean(split) > mean(best)) best = split;
    }
  }
  return best;
}

/** The rest of a word: a known word, or again a compound. */
function splitTail(rest: string, options: Required<CompoundOptions>): Split | null {
  if (rest.length < options.minimum) return null;
  const frequency = partFrequency(rest, options);
  const whole = frequency > 0 ? { parts: [rest], logSum: Math.log(frequency) } : null;
  if (options.most <= 2 || rest.length < 2 * options.minimum) return whole;
  const deeper = bestSplit(rest, { ...options, most: options.most - 1 });
  if (!whole || (deeper && mean(deeper) > mean(whole) + 1)) return deeper ?? whole;
  return whole;
}

const mean = (split: Split) => split.logSum / split.parts.length - 0.5 * split.parts.length;

function partFrequency(part: string, options: Required<CompoundOptions>): number {
  return notParts.has(part) ? 0 : options.frequencyOf(part);
}
