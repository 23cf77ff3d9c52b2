declare module 'snowball-stemmers' {
  export function newStemmer(language: 'english' | 'german'): { stem(word: string): string };
}
