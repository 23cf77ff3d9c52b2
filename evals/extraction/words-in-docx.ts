import { inflateRawSync } from 'node:zlib';
import { listZip } from '../../src/platform/index.ts';

/** The text of a Word document by its XML alone: body, footnotes and endnotes, paragraphs parted by a space. */
export function wordsInDocx(bytes: Buffer): string {
  const entries = listZip(bytes) ?? [];
  return ['word/document.xml', 'word/footnotes.xml', 'word/endnotes.xml']
    .flatMap((name) => entries.filter((entry) => entry.name === name))
    .map((entry) => {
      const start = entry.at + 30 + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28);
      const packed = bytes.subarray(start, start + entry.packed);
      return textOf((entry.method === 0 ? packed : inflateRawSync(packed)).toString('utf8'));
    })
    .join(' ');
}

function textOf(xml: string): string {
  // A text box stands twice: as it is drawn, and again for old programs.
  const once = xml.replace(/<mc:Fallback>[\s\S]*?<\/mc:Fallback>/g, '');
  const pieces = once.match(/<w:t(?: [^>]*)?>[^<]*<\/w:t>|<\/w:p>|<w:(?:tab|br)\/>/g) ?? [];
  const text = pieces.map((piece) =>
    piece.startsWith('<w:t>') || piece.startsWith('<w:t ') ? piece.replace(/<[^>]*>/g, '') : ' ',
  );
  return text
    .join('')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
