import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectLanguage } from './language.ts';

interface Row {
  readonly language: 'en' | 'de';
  readonly subject: string;
  readonly body: string;
  readonly category: string | null;
  readonly split: string;
}
/** Held-out starter tickets that are about something: gibberish has no language. */
const heldOut = readFileSync(new URL('../../starter/tickets.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Row)
  .filter((row) => row.category !== null && row.split === 'test');

/** Share found right per language, over `textOf` of the held-out tickets. */
function accuracy(textOf: (row: Row) => string): { en: number; de: number } {
  const share = (language: 'en' | 'de'): number => {
    const rows = heldOut.filter((row) => row.language === language);
    return rows.filter((row) => detectLanguage(textOf(row)).language === language).length / rows.length;
  };
  return { en: share('en'), de: share('de') };
}
const firstWords = (row: Row, count: number): string => row.body.split(/\s+/).slice(0, count).join(' ');
const withoutUmlauts = (text: string): string =>
  text.replace(/ä/g, 'ae').replace(/ö/g, 'oe').replace(/ü/g, 'ue').replace(/ß/g, 'ss');

describe('held-out starter tickets (n = 186 en, 202 de)', () => {
  // Measured: 1.000 / 1.000.
  test('whole tickets', () => {
    const { en, de } = accuracy((row) => `${row.subject}\n${row.body}`);
    expect(en).toBeGreaterThanOrEqual(0.995);
    expect(de).toBeGreaterThanOrEqual(0.995);
  });

  // Measured: 0.984 / 0.950; what is missed is "DPA", "Widget", "Newsletter": words of both languages.
  test('subjects alone, often one word', () => {
    const { en, de } = accuracy((row) => row.subject);
    expect(en).toBeGreaterThanOrEqual(0.96);
    expect(de).toBeGreaterThanOrEqual(0.93);
  });

  // Measured: 1.000 / 0.995.
  test('the first three words', () => {
    const { en, de } = accuracy((row) => firstWords(row, 3));
    expect(en).toBeGreaterThanOrEqual(0.985);
    expect(de).toBeGreaterThanOrEqual(0.985);
  });

  // Measured: 1.000 / 1.000 each.
  test('eight words in capitals; six words with ae, oe, ue', () => {
    for (const { en, de } of [
      accuracy((row) => firstWords(row, 8).toUpperCase()),
      accuracy((row) => withoutUmlauts(firstWords(row, 6))),
    ]) {
      expect(en).toBeGreaterThanOrEqual(0.99);
      expect(de).toBeGreaterThanOrEqual(0.99);
    }
  });
});

describe('short and mixed texts', () => {
  test.each([
    ['Hilfe!', 'de'],
    ['Help!', 'en'],
    ['Passwort vergessen', 'de'],
    ['forgot password', 'en'],
    ['Erstattung??', 'de'],
    ['refund??', 'en'],
    ['RECHNUNG FALSCH', 'de'],
    ['WRONG INVOICE', 'en'],
    ['login geht nicht', 'de'],
    ['login not working', 'en'],
    ['Rueckerstattung fuer Bestellung 4471', 'de'],
    ['refund for order 4471', 'en'],
    ['Grüezi, mein Account ist locked', 'de'],
    ['Hello, the Rechnung you sent is wrong', 'en'],
    ['hi, no stress, aber unser SSO redirect loopt seit dem cert-rollover für alle user', 'de'],
    ['morning, our Kassen app keeps crashing after the update and nobody here can log in', 'en'],
    ['Servus, der Server vom Shop is down, könnts ihr den bitte resetten', 'de'],
    ['The Quillhaven panel in our Besprechungsraum shows the wrong time', 'en'],
    ['Wie kann ich kuendigen', 'de'],
    ['How can I cancel', 'en'],
  ] as const)('%s → %s', (text, language) => {
    expect(detectLanguage(text).language).toBe(language);
  });

  test('a pasted log or a quoted mail does not outvote the own words', () => {
    const log = '2024-01-01 12:00:00 ERROR [worker-3] cannot open file: permission denied\n'.repeat(12);
    expect(detectLanguage(`Der Export klappt nicht:\n${log}`).language).toBe('de');
    const quoted = '> Dear customer, we have received your message and will get back to you.\n'.repeat(6);
    expect(detectLanguage(`Das ist jetzt drei Wochen her.\n${quoted}`).language).toBe('de');
    const german = '> Guten Tag, wir haben Ihre Nachricht erhalten und melden uns bei Ihnen.\n'.repeat(6);
    expect(detectLanguage(`That was three weeks ago.\n${german}`).language).toBe('en');
  });

  test.each(['', '   ', '12345', 'QH-1042', 'ok', '😀', '???', 'a@b.example'])(
    'nothing to go by in "%s": English with the lowest confidence',
    (text) => {
      expect(detectLanguage(text)).toEqual({ language: 'en', confidence: 0.3 });
    },
  );

  test('one ambiguous word is less sure than a sentence', () => {
    expect(detectLanguage('Newsletter').confidence).toBeLessThan(0.7);
    expect(detectLanguage('Ich möchte den Newsletter nicht mehr bekommen').confidence).toBeGreaterThan(0.95);
  });
});

test.each([
  'Bonjour, pourriez-vous renvoyer le contrat signé à notre comptable ?',
  'je ne trouve pas le bouton pour exporter',
  'El panel de la sala muestra una hora equivocada',
  'No me llega el correo de confirmación',
  'Quando riapre il vostro ufficio di Milano?',
  'Il display della sala riunioni è rimasto nero',
  'O painel da sala de reuniões não liga desde segunda-feira',
  'Onze abonnementskosten zijn dubbel afgeschreven',
  'Hoe kan ik een gebruiker verwijderen?',
  'Proszę zmienić adres na fakturze, firma się przeprowadziła',
  'Jak usunąć użytkownika z zespołu?',
  'Toplantı odasındaki ekran açılmıyor',
  'Faturadaki adres yanlış, düzeltir misiniz?',
  'Skärmen i mötesrummet är svart sedan uppdateringen',
  'Vi er blevet trukket to gange for samme abonnement',
  'Obrazovka v zasedací místnosti je od rána černá',
  'A tárgyaló kijelzője fekete a frissítés óta',
  'Ecranul din sala de ședințe este negru de azi dimineață',
  'Kokoushuoneen näyttö on ollut musta päivityksestä lähtien',
  'Экран в переговорной не включается',
  '会议室的屏幕打不开',
  '会議室の画面がつきません',
  'شاشة غرفة الاجتماعات لا تعمل',
  '회의실 화면이 켜지지 않습니다',
])('another language: %s', (text) => {
  expect(detectLanguage(text).language).toBe('other');
});

test('any string gives a language and a confidence in [0.3, 0.99], the same one twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const found = detectLanguage(text);
      expect(['en', 'de', 'other']).toContain(found.language);
      expect(found.confidence).toBeGreaterThanOrEqual(0.3);
      expect(found.confidence).toBeLessThanOrEqual(0.99);
      expect(detectLanguage(text)).toEqual(found);
    }),
  );
});
