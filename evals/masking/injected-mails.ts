export interface Injected {
  readonly kind: 'name' | 'email' | 'phone';
  readonly start: number;
  readonly end: number;
}

/** The three phrases by which the data set puts values into its mails, English in mails of every language. */
const phrases: readonly { readonly kind: Injected['kind']; readonly pattern: RegExp }[] = [
  { kind: 'name', pattern: /My name is (?<value>\p{L}[\p{L}'-]* \p{L}[\p{L}'-]*)/gu },
  { kind: 'email', pattern: /You can reach me at (?<value>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)/g },
  { kind: 'phone', pattern: /My contact number is (?<value>\+?\d[\d\s()-]{5,20}\d)/g },
];

export function findInjected(mail: string): Injected[] {
  return phrases.flatMap(({ kind, pattern }) =>
    [...mail.matchAll(pattern)].map((match) => {
      const value = match.groups!['value']!;
      const start = match.index + match[0].length - value.length;
      return { kind, start, end: start + value.length };
    }),
  );
}
