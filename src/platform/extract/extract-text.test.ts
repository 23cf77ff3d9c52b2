import { deflateSync } from 'node:zlib';
import { Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import { describe, expect, it } from 'vitest';
import { makeZip } from '../../../tests/support/make-zip.ts';
import { makeDocx, makePdf, makeScan, type SamplePiece } from '../../../tests/support/sample-documents.ts';
import { DocumentReader } from './document-reader.ts';
import { extractText } from './extract-text.ts';
import { extractLimits, readableTypeOf } from './types.ts';

const pieces: readonly SamplePiece[] = [
  { heading: 'Rückgabe und Erstattung', level: 1 },
  { paragraph: 'Größere Geräte können innerhalb von 30 Tagen zurückgegeben werden. '.repeat(4).trim() },
  { heading: 'Gebühren', level: 2 },
  { list: ['Prüfung der Übergabe', 'Öffnung des Pakets'] },
  {
    table: [
      ['Land', 'Gebühr', 'Dauer'],
      ['Österreich', '4,90 €', '3 Tage'],
      ['Schweiz', '12,00 €', '7 Tage'],
    ],
  },
  { paragraph: 'Bei Fragen hilft der Support.' },
];

const expected = `# Rückgabe und Erstattung

${'Größere Geräte können innerhalb von 30 Tagen zurückgegeben werden. '.repeat(4).trim()}

## Gebühren

- Prüfung der Übergabe
- Öffnung des Pakets

| Land | Gebühr | Dauer |
| --- | --- | --- |
| Österreich | 4,90 € | 3 Tage |
| Schweiz | 12,00 € | 7 Tage |

Bei Fragen hilft der Support.`;

const read = (name: string, bytes: Uint8Array, contentType = '') => extractText({ name, contentType, bytes });
const html = (text: string) => read('a.html', Buffer.from(text));
const textOf = async (reading: ReturnType<typeof read>) => {
  const result = await reading;
  return result.ok ? result.text.trim() : `unreadable: ${result.problem}`;
};

describe('extractText', () => {
  it('reads headings, paragraphs, lists and tables alike from PDF and DOCX, with umlauts', async () => {
    expect(await textOf(read('a.pdf', await makePdf(pieces)))).toBe(expected);
    expect(await textOf(read('a.docx', await makeDocx(pieces)))).toBe(expected);
  });

  it('tells the title of a PDF and where its pages begin', async () => {
    const two: SamplePiece[] = [
      { paragraph: 'Seite eins sagt ja.' },
      { pageBreak: true },
      { paragraph: 'Seite zwei sagt nein.' },
    ];
    const result = await read('x.pdf', await makePdf(two, { title: 'Über uns' }));
    if (!result.ok) throw new Error(result.problem);
    expect(result.title).toBe('Über uns');
    expect(result.pages!.map((p) => [p.page, result.text.slice(p.offset, p.offset + 10)])).toEqual([
      [1, 'Seite eins'],
      [2, 'Seite zwei'],
    ]);
  });

  it('joins a sentence that a page cuts, and keeps lines that differ in a figure only', async () => {
    const pages = Array.from({ length: 5 }, (_, i): SamplePiece[] => [
      { paragraph: `Fall ${i + 1}` },
      { paragraph: i === 0 ? 'Die Rückgabe ist möglich und' : 'geht schnell.' },
      ...(i < 4 ? [{ pageBreak: true } as const] : []),
    ]);
    const text = await textOf(read('x.pdf', await makePdf(pages.flat())));
    for (let i = 1; i <= 5; i++) expect(text).toContain(`Fall ${i}`);
    const cut: SamplePiece[] = [{ paragraph: 'Wir prüfen und' }, { pageBreak: true }, { paragraph: 'zahlen dann.' }];
    expect(await textOf(read('x.pdf', await makePdf(cut)))).toBe('Wir prüfen und zahlen dann.');
  });

  it('goes on with a table on the next page, whether its head is repeated or not', async () => {
    const rows = (from: number) => [from, from + 1].map((n) => [`Land ${n}`, `${n},00 €`]);
    const head = ['Land', 'Gebühr'];
    const table = { table: [head, ...rows(1)] };
    const whole =
      '| Land | Gebühr |\n| --- | --- |\n| Land 1 | 1,00 € |\n| Land 2 | 2,00 € |\n| Land 3 | 3,00 € |\n| Land 4 | 4,00 € |';
    for (const next of [rows(3), [head, ...rows(3)]]) {
      const result = await read('x.pdf', await makePdf([table, { pageBreak: true }, { table: next }]));
      expect(result.ok && result.text.trim()).toBe(whole);
      expect(result.ok && result.pages).toEqual([
        { page: 1, offset: 0 },
        { page: 2, offset: whole.indexOf('| Land 3') },
      ]);
    }
  });

  it('reads HTML as a reader sees it', async () => {
    const result = await html(`<!doctype html><title>Hilfe</title><style>.x,#y{display:none}</style>
      <h2>Größe <b>und</b> Preis</h2><!-- geheim --><p>Kostet <i>9</i> &euro; &amp; mehr, siehe
      <a href="https://example.org/a">Liste</a>.</p><script>geheim()</script><p hidden>geheim</p><p class="x">geheim</p>
      <p style="display : none">geheim</p><p style="font-size:0px">geheim</p><p style="color:#fff">geheim</p>
      <div style="background:#024"><span style="color:white">Sichtbar.</span></div>
      <ol start="3"><li>drei</li><li>vier<ul><li>innen</li></ul></li></ol>
      <table><tr><td>A</td><td>B|C</td></tr><tr><td>1</td><td>2</td></tr></table>`);
    expect(result).toMatchObject({ ok: true, title: 'Hilfe', contentType: 'text/html', pages: null });
    expect(result.ok && result.text.trim()).toBe(
      '## Größe und Preis\n\nKostet 9 € & mehr, siehe [Liste](https://example.org/a).\n\nSichtbar.\n\n' +
        '3. drei\n4. vier\n  - innen\n\n| A | B\\|C |\n| --- | --- |\n| 1 | 2 |',
    );
  });

  it('leaves out what Word and a page do not show', async () => {
    const run = (text: string, look: object = {}) => new TextRun({ text, ...look });
    const white = { color: 'FFFFFF' };
    const cell = new TableCell({ children: [new Paragraph({ children: [run('Kopf', white)] })] });
    const children = [
      new Paragraph({ children: [run('Sichtbar. '), run('geheim', { vanish: true }), run('Auch.', white)] }),
      new Paragraph({ children: [run('Klein', { size: 2 }), run('Groß')] }),
      new Table({ rows: [new TableRow({ children: [cell, cell] })] }),
    ];
    const bytes = await Packer.toBuffer(new Document({ sections: [{ children }] }));
    expect(await textOf(read('a.docx', bytes))).toBe('Sichtbar.\n\nGroß\n\n| Kopf | Kopf |\n| --- | --- |');
    const titled = await Packer.toBuffer(
      new Document({
        sections: [{ children: [new Paragraph({ text: 'Über & unter', heading: 'Title' }), new Paragraph('x')] }],
      }),
    );
    expect(await read('a.docx', titled)).toMatchObject({ title: 'Über & unter', text: '# Über & unter\n\nx' });
    const beside = await makePdf([{ paragraph: 'Auf der Seite.' }], { beside: 'Neben der Seite.' });
    expect(await textOf(read('a.pdf', beside))).toBe('Auf der Seite.');
  });

  it('reads HTML in the encoding that it names, and text only in Unicode', async () => {
    const western = Buffer.concat([
      Buffer.from('<meta charset="windows-1252"><p>Gr'),
      Buffer.from([0xf6, 0xdf]),
      Buffer.from('e</p>'),
    ]);
    expect(await textOf(read('a.htm', western))).toBe('Größe');
    expect(await textOf(read('a.txt', Buffer.from([0x47, 0xf6])))).toContain('not UTF-8');
  });

  it('goes by the content: a PDF named .docx is read as what it is', async () => {
    expect(await read('a.docx', await makePdf(pieces))).toMatchObject({ ok: true, contentType: 'application/pdf' });
    expect(await textOf(read('a.pdf', await makeDocx(pieces)))).toBe(expected);
  });

  it.each<[string, () => Promise<Buffer> | Buffer, string, RegExp]>([
    ['a PDF with a password', () => makePdf(pieces, { password: 'geheim' }), 'a.pdf', /password/],
    ['a scan', makeScan, 'a.pdf', /no text, only pictures \(2 pages\).*OCR/],
    ['a cut PDF', async () => (await makePdf(pieces)).subarray(0, 1_500), 'a.pdf', /cut off/],
    ['a broken PDF', () => Buffer.from('%PDF-1.7\nnothing\n%%EOF'), 'a.pdf', /damaged/],
    ['nothing', () => Buffer.alloc(0), 'a.pdf', /empty \(0 bytes\)/],
    ['white space', () => Buffer.from(' \n'), 'a.txt', /no text/],
    ['no PDF', () => Buffer.from('only words'), 'a.pdf', /holds none/],
    ['no Word document', () => Buffer.from('only words'), 'a.docx', /holds none/],
    ['a cut DOCX', async () => (await makeDocx(pieces)).subarray(0, 2_000), 'a.docx', /damaged/],
    ['a locked DOCX', () => oleFile('EncryptedPackage'), 'a.docx', /password/],
    ['an old DOC', () => oleFile('WordDocument'), 'a.docx', /old Office/],
    ['a workbook', () => makeZip([{ name: 'xl/workbook.xml', content: '<a/>' }]), 'a.docx', /Excel/],
    ['an archive', () => makeZip([{ name: 'a.txt', content: 'x' }]), 'a.zip', /ZIP archive/],
    ['a picture', () => Buffer.from('89504e470d0a1a0a', 'hex'), 'a.txt', /Pictures are not read yet/],
    ['an unknown kind', () => Buffer.from('x'), 'a.xyz', /not read yet/],
    ['too many bytes', () => Buffer.alloc(extractLimits.bytes + 1, 65), 'a.txt', /at most 25\.0 MB/],
    ['too much text', () => Buffer.alloc(extractLimits.characters + 1, 65), 'a.txt', /at most 5,000,000/],
    ['deep nesting', () => Buffer.from(`${'<div>'.repeat(50_000)}x`), 'a.html', /nested too deeply/],
  ])('gives the reason for %s', async (_, make, name, reason) => {
    const result = await read(name, await make());
    expect(result.ok).toBe(false);
    expect(!result.ok && result.problem).toMatch(reason);
  });

  it('refuses ZIP bombs, also those that lie about their size', async () => {
    const zeros = Buffer.alloc(40 * 1024 * 1024);
    const document = { name: 'word/document.xml', content: '<a/>' };
    const many = Array.from({ length: 6 }, (_, i) => ({ name: `word/${i}.xml`, content: zeros }));
    expect(await textOf(read('a.docx', makeZip([document, ...many])))).toContain('more than 200 MB');
    const lie = { name: 'word/x.xml', content: zeros, claims: 100 };
    expect(await textOf(read('a.docx', makeZip([document, lie])))).toMatch(/lies about its size/);
  });

  it('reads a DOCX with two directories as what was checked, not as what its library would find', async () => {
    const shown = await makeDocx([{ paragraph: 'Sichtbar.' }]);
    const other = await makeDocx([{ paragraph: 'Ungeprüft. '.repeat(200) }]);
    const { directory: mine, parts } = divideZip(shown);
    const { directory: theirs, parts: theirParts, end } = divideZip(other);
    const filler = Buffer.alloc(theirParts.length - parts.length);
    end.writeUInt32LE(theirParts.length, 16);
    expect(await textOf(read('a.docx', Buffer.concat([parts, filler, mine, theirParts, theirs, end])))).toBe(
      'Sichtbar.',
    );
  });

  it('gives a PDF up that unpacks to more memory than it may have', async () => {
    const reader = new DocumentReader({ outsideHeap: 40 * 1024 * 1024 });
    const bytes = makePdfOf(deflateSync(Buffer.alloc(300 * 1024 * 1024, ' ')));
    const reading = await reader.read({ kind: 'application/pdf', bytes }, {});
    expect(reading).toMatchObject({ ok: false, problem: expect.stringContaining('more memory') });
  });

  it('tells those who would wait too long, and reads the others', async () => {
    const reader = new DocumentReader({ mostWaiting: 3, longestWait: 1 });
    const page = { kind: 'text/html', bytes: Buffer.from('<p>Ja.</p>') } as const;
    const read = await Promise.all(Array.from({ length: 5 }, () => reader.read(page, {})));
    expect(read.map(({ ok }) => ok)).toEqual([true, false, false, false, false]);
    expect(read[1]).toEqual(read[4]);
    expect(await reader.read(page, {})).toMatchObject({ ok: true });
  });

  it('stops a document that takes too long and reads the next one', async () => {
    const bytes = await makePdf(pieces);
    const late = await extractText({ name: 'a.pdf', contentType: '', bytes }, { milliseconds: 1 });
    expect(late).toMatchObject({ ok: false, problem: expect.stringContaining('was stopped') });
    expect(await textOf(read('a.pdf', bytes))).toBe(expected);
  });

  it('hears an abort, before its turn and during it', async () => {
    const bytes = await makePdf(pieces);
    const gone = new AbortController();
    const waiting = Promise.all([
      expect(extractText({ name: 'a.pdf', contentType: '', bytes }, { signal: gone.signal })).rejects.toThrow('enough'),
      expect(extractText({ name: 'b.pdf', contentType: '', bytes }, { signal: gone.signal })).rejects.toThrow('enough'),
    ]);
    gone.abort(new Error('enough'));
    await waiting;
    expect(await textOf(read('a.pdf', bytes))).toBe(expected);
  });

  it('lets nobody wait behind what is read in the background', async () => {
    const slow = Buffer.from(`${'<div>'.repeat(450)}${'<p>word</p>'.repeat(60_000)}`);
    const gone = new AbortController();
    const behind = extractText(
      { name: 'a.html', contentType: '', bytes: slow },
      { queue: 'background', signal: gone.signal },
    );
    const stopped = expect(behind).rejects.toThrow('enough');
    expect(await textOf(html('<p>Jetzt.</p>'))).toBe('Jetzt.');
    gone.abort(new Error('enough'));
    await stopped;
  });

  it('knows what it may read by the ending', () => {
    expect(['a.md', 'A.MD', 'b/c.markdown', 'd.txt', 'e.HTM', 'README', 'f.md.exe'].map(readableTypeOf)).toEqual([
      'text/markdown',
      'text/markdown',
      'text/markdown',
      'text/plain',
      'text/html',
      null,
      null,
    ]);
  });

  it("leaves the caller's bytes as they are", async () => {
    const bytes = await makePdf(pieces);
    const before = Buffer.from(bytes);
    await read('a.pdf', bytes);
    expect(bytes.equals(before)).toBe(true);
  });
});

/** What stands before the directory, the directory, and the end that names it. */
function divideZip(zip: Buffer) {
  const at = zip.lastIndexOf(Buffer.from('504b0506', 'hex'));
  const from = zip.readUInt32LE(at + 16);
  return { parts: zip.subarray(0, from), directory: zip.subarray(from, at), end: Buffer.from(zip.subarray(at)) };
}

/** A PDF of one page with this content. */
function makePdfOf(content: Buffer): Buffer {
  const page = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>';
  const stream = Buffer.concat([
    Buffer.from(`<</Length ${content.length}/Filter/FlateDecode>>stream\n`),
    content,
    Buffer.from('\nendstream'),
  ]);
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>', page, stream];
  const bodies = objects.map((body, i) =>
    Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), Buffer.from(body as string), Buffer.from('\nendobj\n')]),
  );
  return Buffer.concat([Buffer.from('%PDF-1.7\n'), ...bodies, Buffer.from('trailer<</Root 1 0 R>>\n%%EOF')]);
}

function oleFile(stream: string): Buffer {
  return Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from(stream, 'utf16le')]);
}
