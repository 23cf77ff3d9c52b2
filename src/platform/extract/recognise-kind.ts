import { listZip } from './read-zip.ts';
import { type FileToRead, type ReadableType, readableTypeOf, type Unreadable, unreadable } from './types.ts';

const docx: ReadableType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Starts of files that no words can be read from, and what their owner should do. */
const foreign: readonly (readonly [start: string, problem: string])[] = [
  ['89504e47', 'It is a picture (PNG). Pictures are not read yet.'],
  ['ffd8ff', 'It is a picture (JPEG). Pictures are not read yet.'],
  ['47494638', 'It is a picture (GIF). Pictures are not read yet.'],
  ['49492a00', 'It is a picture (TIFF). Pictures are not read yet.'],
  ['4d4d002a', 'It is a picture (TIFF). Pictures are not read yet.'],
  ['52494646', 'It is sound or a picture (RIFF). Neither is read yet.'],
  ['664c6143', 'It is sound (FLAC). Sound is not read yet.'],
  ['4f676753', 'It is sound (OGG). Sound is not read yet.'],
  ['494433', 'It is sound (MP3). Sound is not read yet.'],
  ['fffb', 'It is sound (MP3). Sound is not read yet.'],
  ['7b5c727466', 'It is rich text (RTF), which is not read. Save it as .docx or .pdf.'],
  ['1f8b', 'It is packed with gzip. Unpack it first.'],
  ['377abcaf', 'It is a 7z archive. Unpack it first.'],
  ['526172211a', 'It is a RAR archive. Unpack it first.'],
];

/** What may be read as plain text although its name ends otherwise. */
const textEndings = /\.(?:txt|text|log|csv|tsv|json|jsonl|xml|ya?ml|ini|conf|cfg)$/i;

/**
 * What a file is: by its first bytes, then by the type that the sender gave, then by its name. A PDF or DOCX is told by
 * its content alone; a name that promises one where there is none is refused, so that no bytes are read as text.
 */
export function recogniseKind(file: FileToRead): ReadableType | Unreadable {
  const start = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, Math.min(file.bytes.byteLength, 1_024));
  const hex = start.toString('hex', 0, 8);
  if (isPdf(start)) return 'application/pdf';
  if (hex.startsWith('504b0304') || hex.startsWith('504b0506')) return recogniseZip(file.bytes);
  if (hex.startsWith('d0cf11e0')) return recogniseOle(file.bytes);
  const known = foreign.find(([signature]) => hex.startsWith(signature));
  if (known) return unreadable(known[1]);
  return recogniseText(file);
}

/** The mark may stand behind some bytes of a mail program, but no text speaks of it in its first line's midst. */
const isPdf = (start: Buffer) => /^[^\n]{0,16}%PDF-\d|\n%PDF-\d/.test(start.toString('latin1'));

function recogniseZip(bytes: Uint8Array): ReadableType | Unreadable {
  const entries = listZip(bytes);
  if (!entries) return unreadable('The file is damaged: its ZIP directory cannot be read. Get it again.');
  const names = new Set(entries.map((entry) => entry.name));
  if (names.has('word/document.xml')) return docx;
  if (names.has('xl/workbook.xml'))
    return unreadable('It is an Excel workbook, which is not read as a document. Save it as .pdf or .html.');
  if ([...names].some((name) => name.startsWith('ppt/')))
    return unreadable('It is a PowerPoint file, which is not read. Save it as .pdf.');
  if (names.has('content.xml') && names.has('mimetype'))
    return unreadable('It is an OpenDocument file, which is not read. Save it as .docx or .pdf.');
  return unreadable('It is a ZIP archive, not a document. Unpack it first.');
}

/** An encrypted DOCX is an OLE file, as old Word files are. */
function recogniseOle(bytes: Uint8Array): Unreadable {
  const holds = (words: string) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(words, 'utf16le'));
  if (holds('EncryptedPackage'))
    return unreadable('The file is protected by a password. Save it without one and give it again.');
  if (holds('__properties_version'))
    return unreadable('It is an Outlook message (.msg), which is not read. Save it as .txt or .pdf.');
  return unreadable('It is an old Office file (.doc, .xls, .ppt), which is not read. Save it as .docx or .pdf.');
}

function recogniseText({ name, contentType }: FileToRead): ReadableType | Unreadable {
  const byName = readableTypeOf(name);
  const said = contentType.toLowerCase().split(';', 1)[0]!.trim();
  if (said === 'text/html' || said === 'application/xhtml+xml') return 'text/html';
  if (said === 'text/markdown' || (said === 'text/plain' && byName === null)) return said;
  if (byName === 'application/pdf' || said === 'application/pdf')
    return unreadable('It is called a PDF and holds none: it does not begin as one. Save it as PDF again.');
  if (byName === docx || said === docx)
    return unreadable('It is called a Word document and holds none: it does not begin as one. Save it as .docx again.');
  if (byName !== null) return byName;
  if (said.startsWith('text/') || textEndings.test(name)) return 'text/plain';
  if (/^(?:image|audio|video)\//.test(said)) return unreadable(`Files of type ${said} are not read yet.`);
  return unreadable('Files of this type are not read yet. Read are .md, .txt, .html, .pdf and .docx.');
}
