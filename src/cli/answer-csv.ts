import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { Interaction } from './answer-request.ts';

/** What a reader of a table wants to know of an answer; everything stands in the JSON lines. */
const columns = [
  'row',
  'ticket_id',
  'outcome',
  'category',
  'confidence',
  'quality',
  'method',
  'tone',
  'language',
  'guardrail_action',
  'notes',
  'final_answer',
  'draft',
  'sources',
  'model_used',
  'interaction_id',
  'review_id',
] as const;

export const isCsv = (path: string) => /\.csv$/iu.test(path);

/** The first line of such a file. */
export const csvHead = columns.map((column) => `"${column}"`).join(',');

/** Writes the lines of a finished run as CSV, one at a time: 10,000 answers take no more memory than one. */
export async function writeAnswersAsCsv(from: string, to: string): Promise<void> {
  const lines = createInterface({ input: createReadStream(from), crlfDelay: Number.POSITIVE_INFINITY });
  const csv = stringify({
    header: true,
    columns: [...columns],
    bom: true,
    // A customer's text must not become a formula in a spreadsheet.
    escape_formulas: true,
    quoted_string: true,
    record_delimiter: 'windows',
  });
  await pipeline(Readable.from(cells(lines)), csv, createWriteStream(to, { flush: true }));
}

async function* cells(lines: AsyncIterable<string>): AsyncGenerator<Record<(typeof columns)[number], unknown>> {
  for await (const line of lines) {
    const { row, ...found } = JSON.parse(line) as Interaction & { row: number };
    const sources = found.citations.map(({ document, heading }) => heading || document);
    yield {
      row,
      ticket_id: found.ticket_id,
      outcome: found.review_id === null ? 'answered' : 'handed to a person',
      category: found.category,
      confidence: found.router_confidence,
      quality: found.quality,
      method: found.method,
      tone: found.tone,
      language: found.language,
      guardrail_action: found.guardrail_action,
      notes: found.guardrail_notes.join(' | '),
      final_answer: found.final_answer,
      draft: found.answer,
      sources: [...new Set(sources)].join(' | '),
      model_used: found.model_used,
      interaction_id: found.interaction_id,
      review_id: found.review_id,
    };
  }
}
