import type { Language } from '../../ticket/index.ts';
import { analyse } from '../indexing/analyse.ts';
import { stem } from '../indexing/stem.ts';

/** A question as its parts: stems of its content words, and the groups of four letters in them. */
export interface QuestionParts {
  readonly words: ReadonlySet<string>;
  readonly letters: ReadonlySet<string>;
}

/** From here on two questions ask the same: of 25 questions in group-questions.test.ts the likest two of different groups have 0.44. */
export const sameFrom = 0.45;

const noParts = () => [];

/** Deterministic; a compound is found by its letters ("Rechnungsadresse" and "Adresse der Rechnung"). O(letters). */
export function partsOfQuestion(text: string, language: Language): QuestionParts {
  const words = new Set(analyse(text, language, noParts).map((word) => stem(word.text, language)));
  const letters = new Set<string>();
  for (const word of words) {
    const framed = `_${word}_`;
    for (let i = 0; i + 4 <= framed.length; i++) letters.add(framed.slice(i, i + 4));
  }
  return { words, letters };
}

/** Says of a word, or of a group of letters, how much it tells: what stands in all questions (a product) tells little. */
export interface Rarity {
  readonly words: Weight;
  readonly letters: Weight;
}
type Weight = (part: string) => number;

/** log(1 + questions / questions with it): 0.7 for what stands in every question. */
export function rarityIn(questions: readonly QuestionParts[]): Rarity {
  const counter = new PartCounter();
  for (const question of questions) counter.add(question);
  return counter.rarity();
}

/** Counts in how many questions each part stands; question by question, so that many can be counted in turns. */
export class PartCounter {
  readonly #words = new Map<string, number>();
  readonly #letters = new Map<string, number>();
  #questions = 0;

  add({ words, letters }: QuestionParts): void {
    this.#questions++;
    for (const word of words) this.#words.set(word, (this.#words.get(word) ?? 0) + 1);
    for (const group of letters) this.#letters.set(group, (this.#letters.get(group) ?? 0) + 1);
  }

  rarity(): Rarity {
    const weightOf = (counts: ReadonlyMap<string, number>) => (part: string) =>
      Math.log(1 + this.#questions / (counts.get(part) ?? 1));
    return { words: weightOf(this.#words), letters: weightOf(this.#letters) };
  }
}

/** In [0,1]: the mean of the cosines over words and over groups of letters, each weighted by rarity. */
export function likeness(a: QuestionParts, b: QuestionParts, rarity: Rarity): number {
  return (cosine(a.words, b.words, rarity.words) + cosine(a.letters, b.letters, rarity.letters)) / 2;
}

function cosine(a: ReadonlySet<string>, b: ReadonlySet<string>, weight: Weight): number {
  let common = 0;
  for (const part of a) if (b.has(part)) common += weight(part) ** 2;
  if (common === 0) return 0;
  return common / Math.sqrt(squares(a, weight) * squares(b, weight));
}

export function squares(parts: ReadonlySet<string>, weight: Weight): number {
  let sum = 0;
  for (const part of parts) sum += weight(part) ** 2;
  return sum;
}
