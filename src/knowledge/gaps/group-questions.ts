import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Language } from '../../ticket/index.ts';
import { likeness, partsOfQuestion, type QuestionParts, type Rarity, rarityIn, sameFrom } from './question-likeness.ts';

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

/**
 * Puts each new question to the group with the question most like it, or begins one. Groups never change: a question
 * stays where it is whatever comes later. Languages are kept apart. The same questions in the same order give the same
 * groups. O(new · known), with a turn of the event loop between two of them.
 */
export async function placeQuestions(
  fresh: readonly Question[],
  groups: readonly Group[],
  newId: () => string,
): Promise<Placed[]> {
  const known = groups.map(({ id, questions }) => ({ id, questions: questions.map(read) }));
  const placed: Placed[] = [];
  const added = fresh.map(read);
  const rarity = rarityIn([...known.flatMap((g) => g.questions), ...added].map((q) => q.parts));
  for (const question of added) {
    const near = nearest(question, known, rarity);
    const isNew = near === null;
    const group = near ?? { id: newId(), questions: [] };
    if (isNew) known.push(group);
    group.questions.push(question);
    placed.push({ question, group: group.id, isNew });
    await nextTurn();
  }
  return placed;
}

const read = (question: Question): Known => ({ ...question, parts: partsOfQuestion(question.text, question.language) });

function nearest<G extends { readonly questions: readonly Known[] }>(
  question: Known,
  groups: readonly G[],
  rarity: Rarity,
): G | null {
  let best: G | null = null;
  let most = sameFrom;
  for (const group of groups) {
    for (const { language, parts } of group.questions) {
      if (language !== question.language) continue;
      const like = likeness(question.parts, parts, rarity);
      // The older group wins a tie.
      if (like > most || (like === most && best === null)) [best, most] = [group, like];
    }
  }
  return best;
}

/** The question most like all others; of equals the first. @throws never for one and more questions */
export function mostCentral<Q extends Question>(questions: readonly Q[]): Q {
  const parts = questions.map((q) => partsOfQuestion(q.text, q.language));
  const rarity = rarityIn(parts);
  const sums = parts.map((a, i) => parts.reduce((sum, b, j) => (i === j ? sum : sum + likeness(a, b, rarity)), 0));
  return questions[sums.indexOf(Math.max(...sums))]!;
}
