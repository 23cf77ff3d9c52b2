import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NgramScanner, type NgramSettings } from './scan-ngrams.ts';
import { columnsOf, defaultTextFeatures, fitTextFeatures, nameOfColumn, TextVectoriser } from './text-features.ts';

const settings: NgramSettings = { words: 2, shortestWord: 2, characters: [3, 5] };

function scanned(text: string, how: NgramSettings = settings): { words: string[]; characters: string[] } {
  const scanner = new NgramScanner(how);
  scanner.scan(text);
  const { words, characters } = scanner;
  return {
    words: Array.from({ length: words.count }, (_, i) => scanner.nameWords(words.starts[i]!, words.lengths[i]!)),
    characters: Array.from({ length: characters.count }, (_, i) =>
      scanner.nameCharacters(characters.starts[i]!, characters.lengths[i]!),
    ),
  };
}

/** scikit-learn's char_wb, told plainly. */
function paddedNgrams(text: string, shortest: number, longest: number): string[] {
  const found: string[] = [];
  for (const word of text.toLowerCase().split(' ').filter(Boolean)) {
    const padded = ` ${word} `;
    if (padded.length < shortest) found.push(padded);
    for (let n = shortest; n <= longest; n++) {
      for (let i = 0; i + n <= padded.length; i++) found.push(padded.slice(i, i + n));
    }
  }
  return found;
}

describe('scanning', () => {
  it('gives words and neighbours, lower case, without marks', () => {
    expect(scanned('Rechnung falsch! Bitte prüfen.').words.sort()).toEqual(
      ['bitte', 'bitte prüfen', 'falsch', 'falsch bitte', 'prüfen', 'rechnung', 'rechnung falsch'].sort(),
    );
  });

  it('keeps umlauts, digits and error codes', () => {
    const { words } = scanned('Fehler 0x80070005 in ERR_403, Größe übel');
    expect(words).toEqual(expect.arrayContaining(['0x80070005', 'err_403', 'grösse', 'übel']));
  });

  it('takes Straße, STRASSE and ẞ as one word', () => {
    const [a, b, c] = ['Straße', 'STRASSE', 'STRAẞE'].map((text) => hashesOf(text));
    expect(a).toEqual(b);
    expect(a).toEqual(c);
  });

  it('takes composed and decomposed, full-width and plain forms as one', () => {
    expect(hashesOf('Gru\u0308n')).toEqual(hashesOf('Grün'));
    expect(hashesOf('ｌｏｇｉｎ')).toEqual(hashesOf('login'));
    expect(hashesOf('oﬀen')).toEqual(hashesOf('offen'));
  });

  it('white space of any kind and amount is of no account', () => {
    expect(hashesOf(' a\tbc\u00a0\r\n  de ')).toEqual(hashesOf('a bc de'));
  });

  it('a single letter is no word but joins no neighbours apart', () => {
    expect(scanned('Plan B kaufen').words).toEqual(expect.arrayContaining(['plan kaufen']));
    expect(scanned('Plan B kaufen', { ...settings, shortestWord: 1 }).words).toContain('b kaufen');
  });

  it('has the character n-grams of padded words as scikit-learn has them', () => {
    const text = fc.stringMatching(/^[a-zA-Z0-9äöü.,!?:-]{0,9}( [a-zA-Z0-9äöü.,!?:-]{1,9}){0,5}$/);
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 3 }), (words, shortest, more) => {
        const range = [shortest, shortest + more] as const;
        const { characters } = scanned(words, { ...settings, characters: range });
        expect(characters.sort()).toEqual(paddedNgrams(words, range[0], range[1]).sort());
      }),
    );
  });

  it('equal n-grams have equal hashes, different ones different hashes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        const scanner = new NgramScanner(settings);
        scanner.scan(text);
        const { characters } = scanner;
        const names = new Map<number, string>();
        for (let i = 0; i < characters.count; i++) {
          const name = scanner.nameCharacters(characters.starts[i]!, characters.lengths[i]!);
          expect(names.get(characters.hashes[i]!) ?? name).toBe(name);
          names.set(characters.hashes[i]!, name);
        }
        expect(new Set(names.values()).size).toBe(names.size);
      }),
    );
  });

  it('takes any string, lone surrogates, NUL and 20,000 characters too', () => {
    const codes = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 });
    fc.assert(fc.property(codes, (units) => void scanned(String.fromCharCode(...units))));
    expect(scanned('\ud800 \0 \udfff').words).toEqual([]);
    const scanner = new NgramScanner(settings);
    scanner.scan('ß'.repeat(20_000));
    expect(scanner.words.lengths[0]).toBe(40_000);
  });
});

function hashesOf(text: string): number[] {
  const scanner = new NgramScanner(settings);
  scanner.scan(text);
  return [
    ...scanner.words.hashes.subarray(0, scanner.words.count),
    ...scanner.characters.hashes.subarray(0, scanner.characters.count),
  ].sort((a, b) => a - b);
}

const texts = [
  'Meine Rechnung ist falsch',
  'Die Rechnung fehlt, bitte die Rechnung schicken',
  'The invoice is wrong',
  'please send the invoice',
];

describe('text features', () => {
  const every = { ...defaultTextFeatures, minDocuments: 1 };
  const single = { words: 1, shortestWord: 1, characters: [0, 0] } as const;

  it('the training matrix is what the vectoriser makes of the same texts', () => {
    const { features, matrix } = fitTextFeatures(texts, every);
    const again = new TextVectoriser(features).transform(texts);
    expect(asRows(again)).toEqual(asRows(matrix));
  });

  it('weighs as TF-IDF with sublinear counts, smooth idf and unit length per block', () => {
    const { features, matrix } = fitTextFeatures(texts, { ...every, words: 1, characters: [0, 0] });
    const row = asNames(features, matrix, 1);
    // rechnung twice here, in 2 of 4 texts; die twice, in 1; fehlt, bitte, schicken once, in 1.
    const idf = (df: number): number => Math.log(5 / (1 + df)) + 1;
    const raw = { rechnung: (1 + Math.log(2)) * idf(2), die: (1 + Math.log(2)) * idf(1), fehlt: idf(1) };
    const length = Math.hypot(raw.rechnung, raw.die, raw.fehlt, idf(1), idf(1));
    expect(row.get('rechnung')).toBeCloseTo(raw.rechnung / length, 6);
    expect(row.get('die')).toBeCloseTo(raw.die / length, 6);
    expect(row.get('bitte')).toBeCloseTo(raw.fehlt / length, 6);
    expect(row.size).toBe(5);
  });

  it('drops what is rare and keeps what is most frequent', () => {
    const { features } = fitTextFeatures(texts, { ...every, words: 1, minDocuments: 2, characters: [0, 0] });
    expect(namesOf(features)).toEqual(['invoice', 'rechnung', 'the']);
    const { features: top } = fitTextFeatures(texts, {
      ...every,
      words: 1,
      maxWordFeatures: 1,
      characters: [0, 0],
    });
    expect(namesOf(top)).toEqual(['rechnung']);
    // Of those that stand once the hash decides.
    const ties = (maxWordFeatures: number): string[] =>
      namesOf(fitTextFeatures(['b', 'a', 'c c', 'd'], { ...every, ...single, maxWordFeatures }).features);
    expect(ties(0)).toEqual([]);
    expect(ties(1)).toEqual(['c']);
    expect(ties(3)).toHaveLength(3);
    expect(ties(3)).toEqual(expect.arrayContaining(ties(2)));
    expect(ties(9)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('the order of the documents changes neither columns nor weights', () => {
    const a = fitTextFeatures(texts, every).features;
    const b = fitTextFeatures([...texts].reverse(), every).features;
    expect(b.words.hashes).toEqual(a.words.hashes);
    expect(b.characters.idf).toEqual(a.characters.idf);
    expect(namesOf(b)).toEqual(namesOf(a));
  });

  it('a text of unknown words gives an empty row, and leaves no trace in the next', () => {
    const { features } = fitTextFeatures(texts, every);
    const vectoriser = new TextVectoriser(features);
    const first = vectoriser.vectorise(texts[0]!).values.slice(0, 10);
    expect(vectoriser.vectorise('ツツツツ').count).toBe(0);
    expect(vectoriser.vectorise('').count).toBe(0);
    expect(vectoriser.vectorise(texts[0]!).values.slice(0, 10)).toEqual(first);
  });

  it('tells how familiar a text is: n-grams known, repeated ones counted each time, few of them drawn to 0.9', () => {
    const vectoriser = new TextVectoriser(
      fitTextFeatures(['the invoice', 'the parcel'], { ...every, words: 1, characters: [0, 0] }).features,
    );
    const of = (text: string): number => vectoriser.vectorise(text).familiarity;
    expect(of('the the invoice zebra')).toBe((360 + 3) / 404);
    expect([of('the parcel'), of('ツツ'), of('')]).toEqual([362 / 402, 360 / 401, 0.9]);
    expect(of('the invoice '.repeat(5000))).toBeGreaterThan(0.99);
    expect(of('zebra '.repeat(5000))).toBeLessThan(0.1);
    const { features } = fitTextFeatures(['the invoice'], { ...every, words: 1, characters: [3, 3] });
    const { matrix, familiarity } = new TextVectoriser(features).transformWithFamiliarity(['the tree', 'the']);
    // Where there are characters they alone count: " th", "the", "he " of these and " tr", "tre", "ree", "ee ".
    expect([...familiarity]).toEqual([(360 + 3) / 407, (360 + 3) / 403]);
    expect(matrix).toEqual(new TextVectoriser(features).transform(['the tree', 'the']));
  });

  it('takes a text longer than its buffers', () => {
    const { features } = fitTextFeatures(texts, every);
    const long = texts.join(' ').repeat(600);
    const row = new TextVectoriser(features).vectorise(long);
    expect(row.count).toBeGreaterThan(50);
    const unseen = new TextVectoriser(features).transform(Array.from({ length: 50 }, () => long));
    expect(unseen.indptr[50]).toBe(50 * row.count);
  });
});

type Fitted = ReturnType<typeof fitTextFeatures>;

function asRows(matrix: Fitted['matrix']): Map<number, number>[] {
  return Array.from({ length: matrix.rows }, (_, r) => {
    const row = new Map<number, number>();
    for (let j = matrix.indptr[r]!; j < matrix.indptr[r + 1]!; j++) row.set(matrix.indices[j]!, matrix.values[j]!);
    return new Map([...row].sort((a, b) => a[0] - b[0]));
  });
}

function asNames(features: Fitted['features'], matrix: Fitted['matrix'], row: number): Map<string, number> {
  return new Map([...asRows(matrix)[row]!].map(([column, value]) => [nameOfColumn(features, column), value]));
}

function namesOf(features: Fitted['features']): string[] {
  return Array.from({ length: columnsOf(features) }, (_, column) => nameOfColumn(features, column)).sort();
}
