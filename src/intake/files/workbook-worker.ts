import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { readSheet } from 'read-excel-file/node';
import { cellText } from './cell-text.ts';

/** The thread that reads a workbook: it sends its rows in pieces, then the end, or why it cannot. */
export interface WorkbookRequest {
  readonly path: string;
  /** Null: the first sheet. */
  readonly sheet: string | null;
}

export type FromWorkbook =
  | { readonly rows: readonly (readonly string[])[]; readonly of: number }
  | { readonly end: true }
  | { readonly problem: 'no-sheet'; readonly sheets: readonly string[] }
  | { readonly problem: 'damaged'; readonly words: string };

const pieceRows = 500;
const send = (message: FromWorkbook) => parentPort!.postMessage(message);

const { path, sheet } = workerData as WorkbookRequest;
try {
  const rows = await readSheet(readFileSync(path), sheet ?? 1);
  for (let at = 0; at < rows.length; at += pieceRows)
    send({ rows: rows.slice(at, at + pieceRows).map((row) => row.map(cellText)), of: rows.length });
  send({ end: true });
} catch (error) {
  const { name, sheets, message } = error as Error & { sheets?: readonly string[] };
  if (name === 'SheetNotFoundError') send({ problem: 'no-sheet', sheets: sheets ?? [] });
  else send({ problem: 'damaged', words: message.split('\n')[0]!.slice(0, 200) });
}
