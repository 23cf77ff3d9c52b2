import { describe, expect, it } from 'vitest';
import { analyse } from './analyse.ts';
import { infinitiveOf } from './german-verbs.ts';
import { compoundSplitter, indexText, partsFromIndexText } from './index-text.ts';
import { stem } from './stem.ts';

const none = () => [];

describe('infinitiveOf', () => {
  it.each([
    ['abgebucht', 'abbuchen'],
    ['gesperrt', 'sperren'],
    ['hochgeladen', 'hochladen'],
    ['eingeloggt', 'einloggen'],
    ['zurückzusetzen', 'zurücksetzen'],
    ['anzumelden', 'anmelden'],
    ['angemeldet', 'anmelden'],
  ])('of %s is %s', (word, infinitive) => {
    const found = infinitiveOf(word);
    expect(found === null ? null : stem(found, 'de')).toBe(stem(infinitive, 'de'));
  });

  it.each(['rechnung', 'gut', 'zusatz', 'passwort'])('%s has none', (word) => {
    expect(infinitiveOf(word)).toBeNull();
  });
});

describe('stem', () => {
  it('joins the forms of a German word, however its umlaut is written', () => {
    const stems = ['Kündigung', 'Kündigungen', 'Kuendigung', 'kündigen'].map((w) => stem(w.toLowerCase(), 'de'));
    expect(new Set(stems).size).toBe(1);
    expect(stem('straße', 'de')).toBe(stem('strasse', 'de'));
    expect(stem('steuer', 'de')).not.toBe(stem('stur', 'de'));
  });

  it('joins the forms of an English word and leaves codes alone', () => {
    expect(stem('refunded', 'en')).toBe(stem('refunds', 'en'));
    expect(stem('qh1042', 'en')).toBe('qh1042');
  });
});

describe('analyse', () => {
  const words = (text: string, language: 'en' | 'de') =>
    analyse(text, language, none).map((w) => [w.text, ...w.also].join('+'));

  it('leaves out function words and joins phrasal verbs', () => {
    expect(words('How do I sign in to the sign-in page after I was logged out?', 'en')).toEqual([
      'signin',
      'signin',
      'page',
      'logout',
    ]);
  });

  it('adds pieces and infinitives to German words', () => {
    expect(words('Mir wurde das API-Token doppelt abgebucht', 'de')).toEqual([
      'apitoken+api+token',
      'doppelt',
      'abgebucht+abbuchen',
    ]);
  });
});

describe('indexText', () => {
  const seen: Record<string, number> = { rechnung: 3, korrektur: 2 };
  const partsOf = compoundSplitter((word) => seen[word] ?? 0);

  it('writes words, parts and how compounds were split, and reads the parts back', () => {
    const text = indexText(
      {
        heading: 'Billing › Hilfe',
        text: 'Die Rechnungskorrektur ist kostenlos.',
        asked: ['Was kostet sie?'],
        language: 'de',
      },
      partsOf,
    );
    expect(text.split('\n')).toEqual([
      'billing',
      'rechnungskorrektur rechnung korrektur kostenlos kostet',
      'rechnungskorrektur=rechnung+korrektur',
    ]);
    const back = partsFromIndexText(text.split('\n')[2]!);
    expect(back('rechnungskorrektur')).toEqual(['rechnung', 'korrektur']);
    expect(back('rechnung')).toEqual([]);
  });
});
