import { describe, expect, it } from 'vitest';
import { contentTypeOf, maximumBytes, readDocument } from './read-document.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string, name = 'billing.en.md') =>
  readDocument(name, contentTypeOf(name) ?? 'text/plain', bytes(text));

describe('readDocument', () => {
  it('reads the front matter and leaves it out of the text', () => {
    const { document, problem } = read(
      '---\ntitle: Abrechnung\nlanguage: de\ncategory: Billing\n---\n\n# Abrechnung\n\nText.',
    );
    expect(problem).toBeNull();
    expect(document).toEqual({
      title: 'Abrechnung',
      language: 'de',
      category: 'Billing',
      text: '\n# Abrechnung\n\nText.',
    });
  });

  it('takes the title from the first heading, or from the name', () => {
    expect(read('# Refund rules\n\nText.').document?.title).toBe('Refund rules');
    expect(read('Just text.', 'notes/refund-rules.txt').document?.title).toBe('refund rules');
  });

  it('tells the language when the front matter does not', () => {
    expect(read('How do I get the money back that you have taken from my account?').document?.language).toBe('en');
    expect(read('Wie bekomme ich das Geld zurück, das Sie von meinem Konto abgebucht haben?').document?.language).toBe(
      'de',
    );
    expect(read('Comment puis-je récupérer mon argent sur mon compte bancaire ?').document?.language).toBe('other');
    expect(read('---\nlanguage: fr\n---\nBonjour').document?.language).toBe('other');
  });

  it('reads Windows line ends, byte order marks and UTF-16', () => {
    expect(read('\uFEFF# A\r\n\r\nB\r\n').document?.text).toBe('# A\n\nB\n');
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...new Uint8Array(Uint16Array.from('Größe', (c) => c.charCodeAt(0)).buffer),
    ]);
    expect(readDocument('a.txt', 'text/plain', utf16).document?.text).toBe('Größe');
  });

  it.each([
    ['nothing at all', new Uint8Array(), /empty \(0 bytes\)/],
    ['white space', bytes(' \n\t '), /no text/],
    ['Windows-1252', new Uint8Array([0x47, 0x72, 0xf6, 0xdf, 0x65]), /not UTF-8/],
    ['binary', new Uint8Array([0x25, 0x50, 0x00, 0xff, 0xfe]), /binary/],
    ['a NUL in good UTF-8', bytes('a\u0000b'), /binary/],
    ['too much', new Uint8Array(maximumBytes + 1), /at most 2\.0 MB/],
    ['broken front matter', bytes('---\ntitle: "open\n---\nText'), /not valid YAML/],
    ['front matter only', bytes('---\ntitle: A\n---\n'), /no text/],
  ])('gives the reason for %s', (_, data, reason) => {
    const reading = readDocument('a.md', 'text/markdown', data);
    expect(reading.document).toBeNull();
    expect(reading.problem).toMatch(reason);
  });

  it('keeps a text that begins with a rule', () => {
    expect(read('---\nJust a line\n---\nMore').document?.text).toBe('---\nJust a line\n---\nMore');
  });

  it('knows what it reads by the ending', () => {
    expect(['a.md', 'A.MD', 'b/c.markdown', 'd.txt', 'e.pdf', 'README'].map(contentTypeOf)).toEqual([
      'text/markdown',
      'text/markdown',
      'text/markdown',
      'text/plain',
      null,
      null,
    ]);
  });
});
