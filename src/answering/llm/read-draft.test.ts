import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDraft } from './read-draft.ts';

const cites = (text: string) => readDraft(text).sentences.map((s) => s.cites);

describe('readDraft', () => {
  it.each([
    ['before the stop', 'Das geht 14 Tage lang [1]. Danach nicht mehr [2].'],
    ['behind the stop', 'Das geht 14 Tage lang. [1] Danach nicht mehr. [2]'],
    ['without a space', 'Das geht 14 Tage lang[1]. Danach nicht mehr.[2]'],
    ['in other brackets', 'Das geht 14 Tage lang【1】. Danach nicht mehr [^2].'],
  ])('gives each mark to the sentence it ends, %s', (_name, text) => {
    const { body, sentences } = readDraft(text);
    expect(sentences).toEqual([
      { text: 'Das geht 14 Tage lang.', cites: [1] },
      { text: 'Danach nicht mehr.', cites: [2] },
    ]);
    expect(body).toBe('Das geht 14 Tage lang. Danach nicht mehr.');
  });

  it('reads several marks, lists and ranges of numbers', () => {
    expect(cites('A thing [1][3]. Another [2, 4]. A third [2–4]. A fourth [1; 2].')).toEqual([
      [1, 3],
      [2, 4],
      [2, 3, 4],
      [1, 2],
    ]);
  });

  it('keeps steps apart, with numbers, abbreviations and prices whole', () => {
    const { body, sentences } = readDraft(
      'So geht es:\n1. Öffnen Sie **Verwaltung > Abrechnung** [1].\n2. Wählen Sie z. B. „PDF“ [1]\n\nDas kostet 4,50 € [2].',
    );
    expect(sentences.map((s) => s.cites)).toEqual([[], [1], [1], [2]]);
    expect(body).toBe(
      'So geht es:\n1. Öffnen Sie Verwaltung > Abrechnung.\n2. Wählen Sie z. B. „PDF“\n\nDas kostet 4,50 €.',
    );
  });

  it.each([
    ['Guten Tag Frau Beispiel,\n\nDas geht [1].\n\nMit freundlichen Grüßen\nIhr Support-Team', 'Das geht.'],
    ['Hallo!\nDas geht [1].\nViele Grüße, Max', 'Das geht.'],
    ['Dear customer,\n\nThat works [1].\n\nKind regards,\n[Your Name]\nSupport', 'That works.'],
  ])('leaves out a greeting and a closing of its own', (text, body) => {
    expect(readDraft(text).body).toBe(body);
  });

  it('does not take a sentence for a greeting or a closing', () => {
    expect(readDraft('Hello world is the name of the sample [1].').body).toContain('Hello world');
    expect(
      readDraft('Erstens [1].\nBeste Grüße lassen sich als Vorlage speichern, unter Vorlagen [2].').body,
    ).toContain('Vorlagen');
  });

  it('never leaves a mark in the body and never throws', () => {
    const piece = fc.constantFrom('[1]', '[2, 3]', ' ', '. ', 'Satz', '\n', '- ', '1. ', '【4】', '[', ']', 'Ä', '?');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const { body, sentences } = readDraft(pieces.join(''));
        expect(body).not.toMatch(/\[\d{1,2}\]|【\d/);
        for (const s of sentences) expect(s.text).not.toMatch(/\[\d{1,2}\]/);
      }),
    );
  });
});
