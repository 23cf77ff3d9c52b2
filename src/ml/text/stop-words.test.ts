import { describe, expect, it } from 'vitest';
import { lightWords, stopWords } from './stop-words.ts';
import { tokenise } from './tokenise.ts';

describe('word lists', () => {
  it.each(['en', 'de'] as const)('are written as tokens are (%s)', (language) => {
    for (const word of [...stopWords[language], ...lightWords[language]]) {
      expect(tokenise(word).map((t) => t.text)).toEqual([word]);
    }
  });

  it('keep the words that customers ask about', () => {
    for (const word of ['refund', 'invoice', 'password', 'cancel', 'change'])
      expect(stopWords.en.has(word)).toBe(false);
    for (const word of ['erstattung', 'rechnung', 'passwort', 'kündigen', 'ändern'])
      expect(stopWords.de.has(word)).toBe(false);
  });
});
