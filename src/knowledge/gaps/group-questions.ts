import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Language } from '../../ticket/index.ts';
import {
  likeness,
  PartCounter,
  partsOfQuestion,
  type QuestionParts,
  type Rarity,
  rarityIn,
  sameFrom,
  squares,
} from './question-likeness.ts';

export interface Question {
  readonly id: string;
  readonly text: string;
  readonly language: Language;
}

export interface Group {
  readonly id: string;
  /** Questions in it, the newest 20 at most. */
  readonly questions: readonly Question[];
}

/** Which group each new question goes to, in their order; `isNew`: the group begins with it. */
export interface Placed {
  readonly question: Question;
  readonly group: string;
  readonly isNew: boolean;
}

interface Known extends Question {
  readonly parts: QuestionParts;
}

/** Questions that are read or counted between two turns of the event loop; the longest was 19 ms with 50. */
const atOnce = 25;

/**
 * Puts each new question to the group with the question most like it, or begins one. Groups never change: a question
 * stays where it is whatever comes later. Languages are kept apart. The same questions in the same order give the same
 * groups. Linear in the questions and in the parts that two of them share, in turns of the event loop.
 */
export async function placeQuestions(
  fresh: readonly Question[],
  groups: readonly Group[],
  newId: () => string,
): Promise<Placed[]> {
  const counter = new PartCounter();
  const readAll = async (questions: readonly Question[]) => {
    const known: Known[] = [];
    for (const question of questions) {
      const parts = partsOfQuestion(question.text, question.language);
      counter.add(parts);
      known.push({ ...question, parts });
      if (known.length % atOnce === 0) await nextTurn();
    }
    return known;
  };
  const grouped = groups.flatMap(({ id, questions }) => questions.map((question) => ({ group: id, question })));
  const known = await readAll(grouped.map((g) => g.question));
  const added = await readAll(fresh);
  const index = new QuestionIndex(counter.rarity());
  for (const [i, question] of known.entries()) {
    index.add(question, grouped[i]!.group);
    if (i % atOnce === 0) await nextTurn();
  }
  const placed: Placed[] = [];
  for (const question of added) {
    const near = index.nearest(question);
    const group = near ?? newId();
    index.add(question, group);
    placed.push({ question, group, isNew: near === null });
    await nextTurn();
  }
  return placed;
}

/** Questions by their parts: only those that share one are looked at. Gives what `likeness` gives. */
class QuestionIndex {
  readonly #rarity: Rarity;
  readonly #entries: { readonly group: string; readonly words: number; readonly letters: number }[] = [];
  readonly #byWord = new Map<string, number[]>();
  readonly #byLetters = new Map<string, number[]>();

  constructor(rarity: Rarity) {
    this.#rarity = rarity;
  }

  add({ language, parts: { words, letters } }: Known, group: string): void {
    const place = this.#entries.length;
    const { words: rareWord, letters: rareLetters } = this.#rarity;
    this.#entries.push({ group, words: squares(words, rareWord), letters: squares(letters, rareLetters) });
    for (const word of words) note(this.#byWord, `${language} ${word}`, place);
    for (const part of letters) note(this.#byLetters, `${language} ${part}`, place);
  }

  /** The group of the question most like this one, the first added of equals; null: none is like it. */
  nearest({ language, parts: { words, letters } }: Known): string | null {
    const { words: rareWord, letters: rareLetters } = this.#rarity;
    const byWords = this.#common(this.#byWord, { language, parts: words, weight: rareWord });
    const byLetters = this.#common(this.#byLetters, { language, parts: letters, weight: rareLetters });
    const own = { words: squares(words, rareWord), letters: squares(letters, rareLetters) };
    let best: string | null = null;
    let most = sameFrom;
    for (const [place, entry] of this.#entries.entries()) {
      if (byLetters[place] === 0) continue;
      const like =
        (byWords[place]! / Math.sqrt(own.words * entry.words) +
          byLetters[place]! / Math.sqrt(own.letters * entry.letters)) /
        2;
      if (like > most || (like === most && best === null)) [best, most] = [entry.group, like];
    }
    return best;
  }

  /** For each question the weight of what it shares with the given parts. */
  #common(
    index: ReadonlyMap<string, readonly number[]>,
    { language, parts, weight }: { language: Language; parts: ReadonlySet<string>; weight: Rarity['words'] },
  ): Float64Array {
    const sums = new Float64Array(this.#entries.length);
    for (const part of parts) {
      const squared = weight(part) ** 2;
      for (const place of index.get(`${language} ${part}`) ?? []) sums[place]! += squared;
    }
    return sums;
  }
}

function note(index: Map<string, number[]>, key: string, place: number): void {
  const places = index.get(key);
  if (places === undefined) index.set(key, [place]);
  else places.push(place);
}

/** The question most like all others; of equals the first. @throws never for one and more questions */
export function mostCentral<Q extends Question>(questions: readonly Q[]): Q {
  const parts = questions.map((q) => partsOfQuestion(q.text, q.language));
  const rarity = rarityIn(parts);
  const sums = parts.map((a, i) => parts.reduce((sum, b, j) => (i === j ? sum : sum + likeness(a, b, rarity)), 0));
  return questions[sums.indexOf(Math.max(...sums))]!;
}
