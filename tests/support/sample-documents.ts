import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow } from 'docx';
import PDFDocument from 'pdfkit';

/** One piece of a sample document; each format writes it in its own way. */
export type SamplePiece =
  | { readonly heading: string; readonly level: 1 | 2 | 3 }
  | { readonly paragraph: string }
  | { readonly list: readonly string[] }
  | { readonly table: readonly (readonly string[])[] }
  | { readonly pageBreak: true };

export interface PdfOptions {
  readonly password?: string;
  readonly title?: string;
  /** Words that stand where no page is. */
  readonly beside?: string;
}

/** A PDF with real text, as pdfkit makes it: headings by size, table cells at fixed columns. */
export function makePdf(pieces: readonly SamplePiece[], options: PdfOptions = {}): Promise<Buffer> {
  const pdf = new PDFDocument({
    ...(options.password === undefined ? {} : { userPassword: options.password }),
    ...(options.title === undefined ? {} : { info: { Title: options.title } }),
  });
  const bytes = collect(pdf);
  for (const piece of pieces) drawPiece(pdf, piece);
  if (options.beside !== undefined) pdf.text(options.beside, 2_000, 100, { lineBreak: false });
  pdf.end();
  return bytes;
}

/** A page with a drawing and no text, as a scanner's file is to a reader of text. */
export function makeScan(): Promise<Buffer> {
  const pdf = new PDFDocument();
  const bytes = collect(pdf);
  pdf.rect(50, 50, 400, 600).fill('#dddddd');
  pdf.addPage().rect(50, 50, 100, 100).fill('#888888');
  pdf.end();
  return bytes;
}

function collect(pdf: PDFKit.PDFDocument): Promise<Buffer> {
  const { promise, resolve } = Promise.withResolvers<Buffer>();
  const parts: Buffer[] = [];
  pdf.on('data', (part: Buffer) => parts.push(part));
  pdf.on('end', () => resolve(Buffer.concat(parts)));
  return promise;
}

const headingSize = { 1: 22, 2: 17, 3: 14 } as const;

function drawPiece(pdf: PDFKit.PDFDocument, piece: SamplePiece): void {
  if ('pageBreak' in piece) pdf.addPage();
  else if ('heading' in piece) pdf.fontSize(headingSize[piece.level]).text(piece.heading).moveDown(0.5);
  else if ('paragraph' in piece) pdf.fontSize(11).text(piece.paragraph).moveDown();
  else if ('list' in piece) for (const item of piece.list) pdf.fontSize(11).text(`• ${item}`);
  else drawTable(pdf, piece.table);
}

function drawTable(pdf: PDFKit.PDFDocument, rows: readonly (readonly string[])[]): void {
  pdf.fontSize(11).moveDown();
  for (const row of rows) {
    const { y } = pdf;
    for (const [i, cell] of row.entries()) pdf.text(cell, 72 + i * 150, y, { width: 140, lineBreak: false });
    pdf.x = 72;
    pdf.y = y + 18;
  }
  pdf.moveDown();
}

/** The same as Word makes it. */
export function makeDocx(pieces: readonly SamplePiece[]): Promise<Buffer> {
  return Packer.toBuffer(new Document({ sections: [{ children: pieces.flatMap(docxPiece) }] }));
}

const levels = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const;

function docxPiece(piece: SamplePiece): (Paragraph | Table)[] {
  if ('pageBreak' in piece) return [];
  if ('heading' in piece) return [new Paragraph({ text: piece.heading, heading: levels[piece.level] })];
  if ('paragraph' in piece) return [new Paragraph(piece.paragraph)];
  if ('list' in piece) return piece.list.map((item) => new Paragraph({ text: item, bullet: { level: 0 } }));
  const rows = piece.table.map(
    (row) => new TableRow({ children: row.map((cell) => new TableCell({ children: [new Paragraph(cell)] })) }),
  );
  return [new Table({ rows })];
}
