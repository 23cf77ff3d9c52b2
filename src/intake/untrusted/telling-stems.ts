import { stopWords, tokenise } from '../../ml/index.ts';

/** Beginnings of the telling words of a text: two texts that share one are about the same thing. */
export function stemsOf(text: string): Set<string> {
  const stems = new Set<string>();
  for (const { text: word } of tokenise(text)) {
    if (word.length >= 5 && !stopWords.en.has(word) && !stopWords.de.has(word) && !light.has(word))
      stems.add(word.slice(0, 6));
  }
  return stems;
}

export const shareStem = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  [...one].some((stem) => other.has(stem));

/** Words that customers and attackers alike use for asking. */
const light = new Set(
  'please could would should explain describe write provide answer reply response message question thanks bitte danke könnten würden erkläre erklären schreibe schreiben antwort nachricht frage fragen'.split(
    ' ',
  ),
);
