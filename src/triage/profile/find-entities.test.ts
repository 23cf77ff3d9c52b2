import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entity } from './entity.ts';
import { findEntities } from './find-entities.ts';
import { entityNames } from './product-finders.ts';

const names = entityNames({ products: ['Quillhaven'], error_prefixes: ['QH'] });
const find = (text: string, language: 'en' | 'de' = 'en'): Entity[] => findEntities(text, { language, names });
const short = (text: string, language?: 'en' | 'de'): string[] =>
  find(text, language).map(({ kind, value }) => `${kind} ${value}`);

describe('findEntities', () => {
  it.each([
    ['refund $1,234.56', 'amount 1234.56 USD'],
    ['USD 12,000 a year', 'amount 12000 USD'],
    ['£5k', 'amount 5000 GBP'],
    ['on March 12th, 2026', 'date 2026-03-12'],
    ['on 31/12/2026', 'date 2026-12-31'],
    ['on 03/04/2026', 'date 03/04/2026'],
    ['on 12/31/2026', 'date 2026-12-31'],
    ['see you next Monday', 'date next monday'],
    ['3 weeks ago', 'date 3 weeks ago'],
    ['at 12:30 am', 'time 00:30'],
    ["at 8 o'clock", 'time 08:00'],
    ['order #12', 'order-number 12'],
    ['purchase order PO-55102', 'order-number PO-55102'],
    ['INV-9917.', 'invoice-number INV-9917'],
    ['shows QH-1042', 'error-code QH-1042'],
    ['file ABC-1042', 'reference-number ABC-1042'],
    ['502 Bad Gateway', 'error-code HTTP 502'],
    ['got HTTP/1.1 404.', 'error-code HTTP 404'],
    ['a NullPointerException', 'error-code NullPointerException'],
    ['(see http://a.example/x_(1).)', 'url http://a.example/x_(1)'],
    ['http://me:secret@a.example/', 'url http://•••@a.example/'],
    ['ring (415) 555-0132', 'phone 4155550132'],
    ['C:\\Logs\\sync 1.log', 'file-name 1.log'],
    ['the file scan(1).pdf', 'file-name scan(1).pdf'],
    ['fe80::1 is down', 'ip-address fe80::1'],
  ])('in English: %s', (text, expected) => {
    expect(short(text)).toContain(expected);
  });

  it.each([
    ['1.234,56 € zurück', 'amount 1234.56 EUR'],
    ['75,- € bitte', 'amount 75 EUR'],
    ["1'500 CHF", 'amount 1500 CHF'],
    ['3 Mio. Euro', 'amount 3000000 EUR'],
    ['am 12.3.26', 'date 2026-03-12'],
    ['zum 31.3.', 'date --03-31'],
    ['am 3. Mai 2026', 'date 2026-05-03'],
    ['am 03/04/2026', 'date 2026-04-03'],
    ['bis nächsten Freitag', 'date nächsten freitag'],
    ['vor drei Wochen', 'date vor drei wochen'],
    ['Morgen kommt er.', 'date morgen'],
    ['um 9.30 Uhr', 'time 09:30'],
    ['Auftragsnr. A-20931', 'order-number A-20931'],
    ['Rechnungs-Nr.: RG-55', 'invoice-number RG-55'],
    ['Vorgang 2026-0815:', 'ticket-number 2026-0815'],
    ['Kd-Nr. 88901', 'customer-number 88901'],
    ['Fehlercode lautet F07,', 'error-code F07'],
    ['Update auf 10.2 bricht', 'version 10.2'],
    ['Windows 11 startet', 'version 11'],
    ['Update auf v10.2 bricht', 'version 10.2'],
    ['unter 0171/2345678', 'phone 01712345678'],
    ['+41 (0)44 668 18 00', 'phone +41446681800'],
    ['srv01.firma.local', 'host-name srv01.firma.local'],
    ['bei Quillhaven', 'product Quillhaven'],
  ])('in German: %s', (text, expected) => {
    expect(short(text, 'de')).toContain(expected);
  });

  it.each([
    'We are 25 people in 3 offices and may come in March.',
    'Wir sind 14 Leute in 3 Büros und brauchen 2 Drucker.',
    'Guten Morgen, am Morgen geht es.',
    'Das kostet 5 Prozent mehr und dauert 10 Minuten.',
    'The 2024 report has 65,536 rows, in case 2024 is meant.',
    'Danke.At last it ends.Es geht.',
    'Unsere Teams und das Word im Text, the edge of it.',
    'DATABASE_URL is set, SHA-256 is on, GET /v2/contacts works.',
    'Punkt 2.1. der Liste, 16:9 und 24/7.',
    'Am 32.13.2026 und um 25:61.',
  ])('finds nothing in: %s', (text) => {
    expect(short(text, /ü|Danke|Punkt|Das|Unsere|Am/.test(text) ? 'de' : 'en')).toEqual([]);
  });

  it.each([
    ['card 4111 1111 1111 1111', 'card', '•••• 1111'],
    ['Karte 5500-0000-0000-0004', 'card', '•••• 0004'],
    ['order 4111111111111111', 'card', '•••• 1111'],
    ['4111 1111 1111 1111 12/27', 'card', '•••• 1111'],
    ['Karte 4111.1111.1111.1111.', 'card', '•••• 1111'],
    ['a mistyped 4111.1111.1111.1112', 'card', '•••• 1112'],
    ['a mistyped 4111 1111 1111 1112', 'card', '•••• 1112'],
    ['DE89 3704 0044 0532 0130 00 BIC', 'iban', '•••• 3000'],
    ['gb82west12345698765432', 'iban', '•••• 5432'],
    ['IBAN: DE00 3704 0044 0532 0130 00', 'iban', '•••• 3000'],
    ['https://a.example/?c=4111111111111111', 'url', 'https://a.example/?c=•••• 1111'],
    ['DE89370400440532013000@bank.example', 'email', '•••• 3000@bank.example'],
  ] as const)('repeats no card and no bank account: %s', (text, kind, shown) => {
    expect(find(text).map((e) => [e.kind, e.text, e.value.toUpperCase()])).toEqual([
      [kind, shown, shown.toUpperCase()],
    ]);
  });

  it('leaves cards and accounts out of every answer, wherever they stand', () => {
    const secrets = ['4111111111111111', '4111 1111 1111 1111', 'DE89370400440532013000', '378282246310005'];
    const around = fc.array(fc.constantFrom(' ', 'order ', '#', '/', 'x', '.', 'www.', '@a.de', '€', '12 ', ': ', '-'));
    const edge = fc.constantFrom(' ', '/', '=', ',', '\n', ': ', '-');
    fc.assert(
      fc.property(around, fc.constantFrom(...secrets), edge, edge, around, (left, secret, before, behind, right) => {
        const answer = find(left.join('') + before + secret + behind + right.join(''));
        for (const { text, value } of answer) expect(text + value).not.toContain(secret);
      }),
    );
  });

  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('€', '20 €', '12.3.', 'order 4711', '@', '.de', ' ', '\n', '+49 30', '0x1F', 'v2.', 'Fehler '),
  );
  it('names places in order and apart, and the words of a place, for any text', () => {
    fc.assert(
      fc.property(fc.array(piece), fc.constantFrom('en', 'de'), (pieces, language) => {
        const text = pieces.join('');
        let end = 0;
        for (const entity of findEntities(text, { language, names })) {
          expect(entity.start).toBeGreaterThanOrEqual(end);
          expect(entity.end).toBeGreaterThan(entity.start);
          expect(entity.end).toBeLessThanOrEqual(text.length);
          if (!entity.text.includes('•')) expect(entity.text).toBe(text.slice(entity.start, entity.end));
          expect(entity.value).not.toBe('');
          end = entity.end;
        }
      }),
    );
  });

  it('finds the same when more text follows on a new line', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('order 4711-22', 'am 12.03.2026', '$5', 'Fehler 1603', 'a@b.de', 'v1.2'),
        piece,
        (text, more) => {
          expect(find(`${text}\n\n${more}`).slice(0, 1)).toEqual(find(text));
        },
      ),
    );
  });

  it.each(['1 ', '1.', 'a@', 'a.', '\\', '((', 'order #', 'A_', 'DE12 ', 'in 3 ', 'v1.', ':1', 'fehler code '])(
    'reads 200,000 characters of %j in one go: a walk of square length would run into the time limit',
    (unit) => {
      expect(find(unit.repeat(200_000 / unit.length)).length).toBeLessThanOrEqual(200);
    },
  );
});
