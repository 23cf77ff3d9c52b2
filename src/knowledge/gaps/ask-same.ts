import type { Language } from '../../ticket/index.ts';
import { likeness, partsOfQuestion, rarityIn, sameFrom } from './question-likeness.ts';

/** Whether two messages ask the same in other words. */
export function askSame(one: string, other: string, language: Language): boolean {
  const parts = [one, other].map((text) => partsOfQuestion(text, language)) as [Parts, Parts];
  return likeness(parts[0], parts[1], rarityIn(parts)) >= sameFrom;
}
type Parts = ReturnType<typeof partsOfQuestion>;
