import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMasker } from './create-masker.ts';
import { maskTexts } from './mask-texts.ts';
import { needsMasking } from './masking-mode.ts';
import { isHealthId, isPensionId, isTaxId } from './official-numbers.ts';

const mask = (text: string, known: readonly string[] = []) => createMasker({ known }).mask(text);

describe('what is masked', () => {
  it.each([
    ['mail an petra.kern@example.org.', 'mail an [EMAIL_1].'],
    ['write to maria (at) example (dot) com', 'write to [EMAIL_1]'],
    ['Tel. 0171 3920055 oder +49 (0)89 99998 123', 'Tel. [PHONE_1] oder [PHONE_2]'],
    ['IBAN DE44 5001 0517 5407 3249 31', 'IBAN [IBAN_1]'],
    ['card 4111-1111-1111-1111', 'card [CARD_1]'],
    ['Steuer-ID 86 095 742 719', 'Steuer-ID [TAXID_1]'],
    ['SV-Nummer 15 070649 C 103', 'SV-Nummer [PENSIONID_1]'],
    ['Versichertennummer A123456780', 'Versichertennummer [HEALTHID_1]'],
    ['Reisepass C01X0006H', 'Reisepass [IDCARD_1]'],
    ['my SSN is 219-09-9999', 'my SSN is [SSN_1]'],
    ['geboren am 07.06.1949', 'geboren am [BIRTHDATE_1]'],
    ['DOB: 3 June 1991', 'DOB: [BIRTHDATE_1]'],
    ['an Lindenstraße 14b, 04109 Leipzig.', 'an [ADDRESS_1].'],
    ['to 221 Maple Street, Springfield please', 'to [ADDRESS_1] please'],
    ['Sehr geehrte Frau Dr. Öztürk, danke', 'Sehr geehrte Frau Dr. [PERSON_1], danke'],
    ['my name is john miller and it fails', 'my name is [PERSON_1] and it fails'],
    ['Es klemmt.\n\nViele Grüße\nSvenja Rautenberg', 'Es klemmt.\n\nViele Grüße\n[PERSON_1]'],
    ['from 203.0.113.77 only', 'from [IP_1] only'],
    ['Passwort: Sommer2026!', 'Passwort: [SECRET_1]'],
    ['open https://x.example/reset?token=9f8e7d6c5b4a', 'open [URL_1]'],
  ])('%s', (text, expected) => {
    expect(mask(text)).toBe(expected);
  });

  it.each([
    'Bestellung 20260312-77 vom 12.03.2026 über 1.204,50 €, Kundennummer 20441877',
    'Order number 0012345678901, invoice INV-2026-0815, version 10.0.19045.3803',
    'I forgot my password and the token is not working. Router: 192.168.1.1',
    'Passwort vergessen, Speicherplatz 20 GB, Monitoring 5',
    'Hallo zusammen, ich bin Administrator. Viele Grüße aus Berlin',
    'Dear Support Team, I am Happy with https://docs.example.com/guide?tab=csv [1]',
  ])('leaves alone: %s', (text) => {
    expect(mask(text)).toBe(text);
  });

  it('reads through zero-width characters, full-width digits and odd blanks', () => {
    expect(mask('IBAN DE44\u200b5001\u00a00517\u202f5407 3249 31')).toBe('IBAN [IBAN_1]');
    expect(mask('Karte ４１１１ １１１１ １１１１ １１１１')).toBe('Karte [CARD_1]');
    expect(mask('a\u200bna@exa\u00admple.org')).toBe('[EMAIL_1]');
  });

  it('finds a known name in every spelling and ending, and not inside of words', () => {
    const known = ['Anna Müller-Klein', 'Klein'];
    expect(mask('ANNA MÜLLER-KLEIN, Mueller-Kleins Konto, Anna’s phone', known)).toBe(
      '[PERSON_1], [PERSON_2]s Konto, [PERSON_3]’s phone',
    );
    expect(mask('Kleinigkeit: der Text ist zu klein', known)).toBe('Kleinigkeit: der Text ist zu klein');
  });

  it('gives one value one number in every part, and another spelling a letter', () => {
    const masker = createMasker();
    masker.learn('Mein Name ist Petra Kowalski.');
    expect(masker.mask('Frau Kowalski hat gefragt: Ana@Example.org')).toBe('Frau [PERSON_1] hat gefragt: [EMAIL_1]');
    expect(masker.mask('ana@example.org')).toBe('[EMAIL_1b]');
    expect(masker.found).toEqual([
      { kind: 'PERSON', count: 1 },
      { kind: 'EMAIL', count: 2 },
    ]);
  });
});

describe('the way back', () => {
  it('forgives case, blanks, an escaped underscore, lost brackets and a genitive', () => {
    const masker = createMasker();
    masker.mask('my name is Petra Kowalski');
    expect(masker.unmask('[person_1] [Person 1] [ PERSON_1 ] [PERSON\\_1] PERSON_1 [PERSON_1]s PERSON_1s')).toBe(
      'Petra Kowalski Petra Kowalski Petra Kowalski Petra Kowalski Petra Kowalski Petra Kowalskis Petra Kowalskis',
    );
    expect(masker.unknownPlaceholders).toEqual([]);
  });

  it('leaves an invented placeholder where it is and names it', () => {
    const masker = createMasker();
    masker.mask('mail ana@example.org');
    expect(masker.unmask('An [EMAIL_2], siehe [1] und [ORDER_7]')).toBe('An [EMAIL_2], siehe [1] und [ORDER_7]');
    expect(masker.unknownPlaceholders).toEqual(['[EMAIL_2]']);
  });

  it('never takes what a customer wrote for a placeholder of ours', () => {
    const masker = createMasker();
    const masked = masker.mask('Repeat [EMAIL_1] and EMAIL_1. Mine is ana@example.org');
    expect(masked).not.toMatch(/Repeat \[EMAIL_1\]/);
    expect(masker.unmask(masked)).toBe('Repeat [EMAIL_1] and EMAIL_1. Mine is ana@example.org');
  });

  const piece = fc.constantFrom(
    'Frau Müller', 'ana@example.org', ' ', '\n', '0171 3920055', '[EMAIL_1]', '[', ']', 'EMAIL_1', 'PERSON_2s', '[person 1]',
    'Viele Grüße\n', 'Anna Schmidt', 'DE44500105175407324931', '\u200b', 'password: aB3$xyz', '. ', 's', '1', '_', '’s', 'Ünal', '😀', 'a', '\\', 'DonaudampfschifffahrtsgesellschaftskapitaenPERSON_1',
  ); // biome-ignore format: a list
  const texts = fc
    .array(fc.oneof(piece, fc.string({ maxLength: 8 })), { maxLength: 25 })
    .map((parts) => parts.join(''));

  it('gives every text back to the letter', () => {
    fc.assert(
      fc.property(texts, texts, (first, second) => {
        const masker = createMasker({ known: ['Anna Schmidt'] });
        const masked = [masker.mask(first), masker.mask(second)];
        return masker.unmask(masked[0]!) === first && masker.unmask(masked[1]!) === second;
      }),
    );
  });

  it('puts back across any cuts of a stream what it puts back in the whole', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.nat(30), { minLength: 1, maxLength: 12 }), (text, sizes) => {
        const masker = createMasker();
        masker.mask('Frau Müller, ana@example.org, 0171 3920055, Anna Schmidt');
        const stream = masker.unmaskStream();
        let streamed = '';
        for (let at = 0, i = 0; at < text.length; i++) {
          const size = 1 + sizes[i % sizes.length]!;
          streamed += stream.push(text.slice(at, at + size));
          at += size;
        }
        return streamed + stream.end() === masker.unmask(text);
      }),
    );
  });
});

it('masks texts for an embedding model by kind alone', () => {
  expect(maskTexts(['von ana@example.org an bo@example.org', 'nichts'])).toEqual(['von [EMAIL] an [EMAIL]', 'nichts']);
});

it.each([
  ['remote', 'http://127.0.0.1:1/v1', false],
  ['remote', 'http://[::1]:1/v1', false],
  ['remote', 'http://localhost:11434/v1', false],
  ['remote', 'http://127.example.org/v1', true],
  ['remote', 'https://api.example.com/v1', true],
  ['always', 'http://localhost/v1', true],
  ['never', 'https://api.example.com/v1', false],
] as const)('%s %s → %s', (mode, url, expected) => {
  expect(needsMasking(mode, url)).toBe(expected);
});

it('refuses official numbers with one wrong digit', () => {
  for (const [check, good] of [
    [isTaxId, '86095742719'],
    [isTaxId, '47036892816'],
    [isPensionId, '15070649C103'],
    [isHealthId, 'A123456780'],
  ] as const) {
    expect(check(good)).toBe(true);
    expect(check(good.slice(0, -1) + ((Number(good.at(-1)) + 1) % 10))).toBe(false);
  }
});
