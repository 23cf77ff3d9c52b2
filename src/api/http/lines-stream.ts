import { Readable } from 'node:stream';

/**
 * Values as JSON, one a line and one at a time: memory stays bounded however many there are. What fails before the
 * first is thrown, so that it can still be answered as a problem; later the stream breaks off, and `onBroken` is told.
 */
export async function streamLines(
  values: AsyncGenerator<unknown>,
  onBroken: (error: Error) => void,
): Promise<Readable> {
  const first = await values.next();
  const lines = Readable.from(linesOf(first, values), { objectMode: false });
  lines.on('error', onBroken);
  return lines;
}

async function* linesOf(first: IteratorResult<unknown>, rest: AsyncGenerator<unknown>): AsyncGenerator<string> {
  try {
    if (first.done === true) return;
    yield `${JSON.stringify(first.value)}\n`;
    for await (const value of rest) yield `${JSON.stringify(value)}\n`;
  } finally {
    await rest.return(undefined);
  }
}
