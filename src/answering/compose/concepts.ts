import type { Language } from '../../ticket/index.ts';
import { type ConceptGroup, helpdeskConcepts, phrases } from './helpdesk-concepts.ts';
import { stem } from './stem.ts';

/** Words that mean the same to a customer, by stem. */
export interface Concepts {
  /** Stems with a meaning in common with this one, itself among them; nothing for a word without a group. */
  related(stemmed: string): ReadonlySet<string> | undefined;
}

/** The words of help desks. The wider list of the search (starter/synonyms.json) was tried and helped nothing here. Linear. */
export function createConcepts(): Concepts {
  const related = new Map<string, Set<string>>();
  for (const group of helpdeskConcepts) {
    const stems = new Set([...stemsOf(group, 'en'), ...stemsOf(group, 'de')]);
    for (const one of stems) {
      const known = related.get(one);
      if (known === undefined) related.set(one, new Set(stems));
      else for (const other of stems) known.add(other);
    }
  }
  return { related: (stemmed) => related.get(stemmed) };
}

/** Phrases of several words are left to `joinPhrases`. */
function stemsOf(group: ConceptGroup, language: 'en' | 'de'): string[] {
  return (group[language] ?? [])
    .filter((word) => !/\s/.test(word))
    .map((word) => stem(word.toLowerCase().replaceAll('-', ''), language));
}

/** Writes phrases of several words as the one word that means the same: "signed in" → "login". */
export function joinPhrases(text: string, language: Language): string {
  let joined = text;
  for (const [pattern, word] of phrases[language === 'de' ? 'de' : 'en']) joined = joined.replace(pattern, word);
  return joined;
}
