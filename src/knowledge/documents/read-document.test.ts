import { describe, expect, it } from 'vitest';
import { extractLimits, readableTypeOf } from '../../platform/index.ts';
import { readDocument } from './read-document.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string, name = 'billing.en.md') =>
  readDocument(name, readableTypeOf(name) ?? 'text/plain', bytes(text));
const documentOf = async (text: string, name?: string) => (await read(text, name)).document;

describe('readDocument', () => {
  it('reads the front matter and leaves it out of the text', async () => {
    const { document, problem } = await read(
      '---\ntitle: Abrechnung\nlanguage: de\ncategory: Billing\n---\n\n# Abrechnung\n\nText.',
    );
    expect(problem).toBeNull();
    expect(document).toEqual({
      title: 'Abrechnung',
      language: 'de',
      category: 'Billing',
      contentType: 'text/markdown',
      text: '\n# Abrechnung\n\nText.',
      pages: null,
    });
  });

  it('takes the title from the first heading, or from the name', async () => {
    expect((await documentOf('# Refund rules\n\nText.'))?.title).toBe('Refund rules');
    expect((await documentOf('Just text.', 'notes/refund-rules.txt'))?.title).toBe('refund rules');
  });

  it('takes a lone heading of a page for its title, and none of several', async () => {
    const html = (text: string) => documentOf(text, 'help/gebühren-2026.html');
    expect((await html('<h1>Gebühren</h1><h2>Inland</h2><p>Keine.</p>'))?.title).toBe('Gebühren');
    expect((await html('<h1>Inland</h1><p>Keine.</p><h1>Ausland</h1><p>Eine.</p>'))?.title).toBe('gebühren 2026');
    expect((await html('<title>Unsere Preise</title><h1>Inland</h1><p>Keine.</p>'))?.title).toBe('Unsere Preise');
  });

  it('tells the language when the front matter does not', async () => {
    expect((await documentOf('How do I get the money back that you have taken from my account?'))?.language).toBe('en');
    expect(
      (await documentOf('Wie bekomme ich das Geld zurück, das Sie von meinem Konto abgebucht haben?'))?.language,
    ).toBe('de');
    expect((await documentOf('Comment puis-je récupérer mon argent sur mon compte bancaire ?'))?.language).toBe(
      'other',
    );
    expect((await documentOf('---\nlanguage: fr\n---\nBonjour'))?.language).toBe('other');
  });

  it('reads Windows line ends, byte order marks and UTF-16', async () => {
    expect((await documentOf('\uFEFF# A\r\n\r\nB\r\n'))?.text).toBe('# A\n\nB\n');
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...new Uint8Array(Uint16Array.from('Größe', (c) => c.charCodeAt(0)).buffer),
    ]);
    expect((await readDocument('a.txt', 'text/plain', utf16)).document?.text).toBe('Größe');
  });

  it.each([
    ['nothing at all', new Uint8Array(), /empty \(0 bytes\)/],
    ['white space', bytes(' \n\t '), /no text/],
    ['Windows-1252', new Uint8Array([0x47, 0x72, 0xf6, 0xdf, 0x65]), /not UTF-8/],
    ['binary', new Uint8Array([0x25, 0x50, 0x00, 0xff, 0xfe]), /binary/],
    ['a NUL in good UTF-8', bytes('a\u0000b'), /binary/],
    ['too much', new Uint8Array(extractLimits.bytes + 1), /at most 25\.0 MB/],
    ['broken front matter', bytes('---\ntitle: "open\n---\nText'), /not valid YAML/],
    ['front matter only', bytes('---\ntitle: A\n---\n'), /no text/],
  ])('gives the reason for %s', async (_, data, reason) => {
    const reading = await readDocument('a.md', 'text/markdown', data);
    expect(reading.document).toBeNull();
    expect(reading.problem).toMatch(reason);
  });

  it('keeps a text that begins with a rule', async () => {
    expect((await documentOf('---\nJust a line\n---\nMore'))?.text).toBe('---\nJust a line\n---\nMore');
  });
});
