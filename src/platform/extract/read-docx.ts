import mammoth from 'mammoth';
import { htmlToMarkdown } from './html-to-markdown.ts';
import { checkZip, type ZipProblem } from './read-zip.ts';
import { type Extraction, extractLimits, type Unreadable, unreadable } from './types.ts';
import { withoutHiddenWords } from './unhide-docx.ts';

const problems: Readonly<Record<ZipProblem, string>> = {
  damaged: 'The Word document is damaged: its ZIP file cannot be unpacked. Get it again, or save it again in Word.',
  encrypted: 'The Word document is protected by a password. Save it without one and give it again.',
  'too-large': `The Word document unpacks to more than ${extractLimits.unpacked / 1024 / 1024} MB or lies about its size, as a ZIP bomb does. It is not read; save it without pictures.`,
};

/** Names of styles in Word's German versions, and titles, which the library leaves as plain text. */
const styles = [
  "p[style-name='Title'] => h1.title:fresh",
  "p[style-name='Titel'] => h1.title:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  ...[1, 2, 3, 4, 5, 6].flatMap((level) => [
    `p[style-name='Überschrift ${level}'] => h${level}:fresh`,
    `p[style-name='berschrift${level}'] => h${level}:fresh`,
  ]),
];

/** DOCX through HTML; comments, deleted and hidden words and pictures are left out. Never throws. */
export async function readDocx(bytes: Uint8Array): Promise<Extraction | Unreadable> {
  const problem = checkZip(bytes, extractLimits.unpacked);
  if (problem) return unreadable(problems[problem]);
  try {
    const shown = withoutHiddenWords(bytes);
    const buffer = Buffer.from(shown.buffer, shown.byteOffset, shown.byteLength);
    const convertImage = mammoth.images.imgElement(async () => ({ src: '' }));
    const { value } = await mammoth.convertToHtml({ buffer }, { styleMap: styles, convertImage });
    const { text } = htmlToMarkdown(value);
    const titled = /<h1 class="title">([\s\S]*?)<\/h1>/.exec(value)?.[1];
    return {
      ok: true,
      contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      title: titled === undefined ? null : htmlToMarkdown(titled).text.trim() || null,
      text,
      pages: null,
    };
  } catch {
    return unreadable('The Word document is damaged and cannot be read. Save it again in Word as .docx.');
  }
}
