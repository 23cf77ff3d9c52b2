import { conversationWords } from './conversation-words.ts';
import { featuresWords } from './features-words.ts';
import { guardrailWords } from './guardrail-words.ts';
import { interactionsWords } from './interactions-words.ts';
import { runWords } from './run-words.ts';
import { shellWords } from './shell-words.ts';
import { tryWords } from './try-words.ts';
import { vocabularyWords } from './vocabulary-words.ts';

/** The languages of the console. */
export const uiLanguages = ['en', 'de'] as const;
export type UiLanguage = (typeof uiLanguages)[number];

const words = {
  ...shellWords,
  ...vocabularyWords,
  ...guardrailWords,
  ...tryWords,
  ...runWords,
  ...interactionsWords,
  ...featuresWords,
  ...conversationWords,
};

export type WordKey = keyof typeof words;
type Stem<K> = K extends `${infer S}.other` ? S : never;
type PluralKey = Stem<WordKey>;
type Values = Readonly<Record<string, string | number>>;

export interface Speech {
  readonly language: UiLanguage;
  /** The words for `key`, with `{name}` filled from `values`. */
  t(key: WordKey, values?: Values): string;
  /** The form that `n` needs; `{n}` is filled in. */
  count(key: PluralKey, n: number, values?: Values): string;
  /** The words for a value of the vocabulary; a value without words (a new category) is shown as it is. */
  name(kind: string, value: string): string;
}

export function speechIn(language: UiLanguage): Speech {
  const column = language === 'de' ? 1 : 0;
  const t = (key: WordKey, values: Values = {}): string =>
    words[key][column].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  return {
    language,
    t,
    count: (key, n, values = {}) =>
      t(`${key}.${new Intl.PluralRules(language).select(n) === 'one' ? 'one' : 'other'}`, { ...values, n }),
    name: (kind, value) => {
      const key = `${kind}_${value}`;
      return key in words ? t(key as WordKey) : value;
    },
  };
}
