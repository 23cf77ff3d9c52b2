import { stopWords, tokenise } from '../../ml/index.ts';

/** Addresses occur in every document and in every lure. */
const withoutAddresses = (text: string): string =>
  text.includes('.') || text.includes('@')
    ? text
        .split(/\s+/)
        .filter((word) => !/[\p{L}\p{N}](?:[.@]|:\/\/)[\p{L}\p{N}]/u.test(word))
        .join(' ')
    : text;

/** Beginnings of the telling words of a text: two texts that share one are about the same thing. */
export function stemsOf(text: string): Set<string> {
  const stems = new Set<string>();
  for (const { text: word } of tokenise(withoutAddresses(text))) {
    if (word.length >= 5 && !stopWords.en.has(word) && !stopWords.de.has(word) && !light.has(word))
      stems.add(word.slice(0, 6));
  }
  return stems;
}

export const shareStem = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  [...one].some((stem) => other.has(stem));

/** How often each occurs in a list of texts, once a text. */
export function countStems(texts: Iterable<ReadonlySet<string>>): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const stems of texts) for (const stem of stems) uses.set(stem, (uses.get(stem) ?? 0) + 1);
  return uses;
}

/** Words that customers and attackers alike use for asking. */
const light = new Set(
  'please could would should explain describe write provide answer reply response message question thanks bitte danke könnten würden erkläre erklären schreibe schreiben antwort nachricht frage fragen'.split(
    ' ',
  ),
);
