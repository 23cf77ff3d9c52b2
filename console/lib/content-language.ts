import type { Interaction } from '../../src/api/contract/index.ts';

/** The `lang` of a customer's or the machine's text, so that screen readers pronounce it; unknown stays unsaid. */
export const contentLanguage = (language: Interaction['language']): string | undefined =>
  language === 'other' ? undefined : language;
