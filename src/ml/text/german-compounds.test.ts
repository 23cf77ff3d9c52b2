import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitCompound } from './german-compounds.ts';

const seen: Record<string, number> = {
  rechnung: 30,
  korrektur: 3,
  kündigung: 20,
  frist: 4,
  adresse: 10,
  daten: 20,
  schutz: 5,
  umsatz: 2,
  steuer: 4,
  nummer: 10,
  identifikation: 1,
  arbeit: 9,
  bereich: 9,
  unter: 40,
  nehmen: 9,
  konto: 8,
  kosten: 7,
  nutzer: 5,
  lich: 3,
  sicherheit: 6,
  schlüssel: 4,
  passwort: 8,
  eingabe: 2,
};
const split = (word: string) => splitCompound(word, { frequencyOf: (w) => seen[w] ?? 0 });

describe('splitCompound', () => {
  it.each([
    ['rechnungskorrektur', ['rechnung', 'korrektur']],
    ['kündigungsfrist', ['kündigung', 'frist']],
    ['datenschutz', ['daten', 'schutz']],
    ['arbeitsbereich', ['arbeit', 'bereich']],
    ['sicherheitsschlüssel', ['sicherheit', 'schlüssel']],
    ['umsatzsteueridentifikationsnummer', ['umsatz', 'steuer', 'identifikation', 'nummer']],
    ['passworteingabe', ['passwort', 'eingabe']],
  ])('splits %s', (word, parts) => {
    expect(split(word)).toEqual(parts);
  });

  it.each([
    'rechnung',
    'benutzer',
    'unternehmen',
    'kostenlos',
    'kontolich',
    'rechnungxkorrektur',
    'a',
    'qh1042',
    'rechnungskorrekturen2',
  ])('leaves %s whole', (word) => {
    expect(split(word)).toEqual([]);
  });

  it('finds what two known words make with any link between them, and only known words', () => {
    const known = fc.constantFrom(...Object.keys(seen).filter((w) => w !== 'unter' && w !== 'lich'));
    fc.assert(
      fc.property(known, fc.constantFrom('', 's', 'n', 'en', 'es', 'er'), known, (first, link, second) => {
        const parts = split(first + link + second);
        expect(parts.length).toBeGreaterThanOrEqual(2);
        for (const part of parts) expect(seen[part]).toBeGreaterThan(0);
      }),
    );
  });
});
