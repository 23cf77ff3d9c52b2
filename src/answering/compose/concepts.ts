import type { Language } from '../../ticket/index.ts';
import { type ConceptGroup, helpdeskConcepts, phrases } from './helpdesk-concepts.ts';
import { stem } from './stem.ts';

/** Words that mean the same to a customer, by stem. */
export interface Concepts {
  share(a: string, b: string): boolean;
}

/** The built-in words of help desks and `more` (for instance those of starter/synonyms.json). Linear. */
export function createConcepts(more: readonly ConceptGroup[] = []): Concepts {
  const groupsOf = new Map<string, Set<number>>();
  [...helpdeskConcepts, ...more].forEach((group, number) => {
    for (const language of ['en', 'de'] as const) {
      for (const word of group[language] ?? []) {
        if (/\s/.test(word)) continue;
        const key = stem(word.toLowerCase(), language);
        groupsOf.set(key, (groupsOf.get(key) ?? new Set()).add(number));
      }
    }
  });
  return {
    share(a, b) {
      const left = groupsOf.get(a);
      const right = left && groupsOf.get(b);
      if (!left || !right) return false;
      for (const number of left) if (right.has(number)) return true;
      return false;
    },
  };
}

/** Writes phrases of several words as the one word that means the same: "signed in" → "login". */
export function joinPhrases(text: string, language: Language): string {
  let joined = text;
  for (const [pattern, word] of phrases[language === 'de' ? 'de' : 'en']) joined = joined.replace(pattern, word);
  return joined;
}
