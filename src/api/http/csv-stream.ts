import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';

/**
 * Rows as CSV, one at a time: memory stays bounded however many there are. What fails before the first row is
 * thrown, so that it can still be answered as a problem; later the stream breaks off, and `onBroken` is told (also
 * when the reader leaves). Either end takes the other with it, and no error is left without a listener.
 */
export async function streamCsv(
  rows: AsyncGenerator<Record<string, unknown>>,
  onBroken: (error: Error) => void,
): Promise<Readable> {
  const first = await rows.next();
  const csv = stringify({
    header: true,
    bom: true,
    escape_formulas: true,
    // Every text in quotes: a bare line feed would otherwise end a row whose records end with CRLF.
    quoted_string: true,
    record_delimiter: 'windows',
  });
  pipeline(Readable.from(continued(first, rows)), csv, (error) => {
    if (error) onBroken(error);
  });
  return csv;
}

async function* continued<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    if (first.done === true) return;
    yield first.value;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}
