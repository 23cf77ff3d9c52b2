import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeSynonyms, readSynonyms } from './synonyms.ts';

const path = new URL('../../../starter/synonyms.json', import.meta.url).pathname;

describe('starter/synonyms.json', () => {
  const concepts: { en: string[]; de: string[] }[] = JSON.parse(readFileSync(path, 'utf8')).concepts;

  it('is read, and every concept says something in both languages', () => {
    expect(readSynonyms(path).wordings.length).toBe(concepts.length);
    for (const concept of concepts) {
      expect(concept.en.length, JSON.stringify(concept)).toBeGreaterThan(0);
      expect(concept.de.length, JSON.stringify(concept)).toBeGreaterThan(0);
    }
  });

  it('names no phrase twice in one concept', () => {
    for (const concept of concepts) {
      for (const phrases of [concept.en, concept.de])
        expect(new Set(phrases).size, phrases.join()).toBe(phrases.length);
    }
  });

  it('has no phrase of stop words only, which would match everywhere', () => {
    const { wordings } = makeSynonyms({ version: '1', concepts });
    wordings.forEach((concept, i) => {
      for (const language of ['en', 'de'] as const) {
        concept[language].forEach((stems, p) => {
          expect(stems.length, concepts[i]![language][p]).toBeGreaterThan(0);
        });
      }
    });
  });
});

describe('readSynonyms', () => {
  it('says which file is wrong', () => {
    expect(() => readSynonyms('/nowhere/synonyms.json')).toThrow(/synonyms \/nowhere\/synonyms\.json cannot be used/);
  });
});
