import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { streamCsv } from './csv-stream.ts';

async function* rows(count: number, end: () => void = () => undefined) {
  try {
    for (let n = 0; n < count; n++) yield { n, text: `row ${n}` };
  } finally {
    end();
  }
}

it('writes a header and every row', async () => {
  const csv = await text(await streamCsv(rows(3), () => undefined));
  expect(csv.trim().split('\r\n')).toHaveLength(4);
  expect(await text(await streamCsv(rows(0), () => undefined))).not.toContain('row');
});

it('throws what fails before the first row', async () => {
  const failing = rows(1, () => undefined);
  failing.next = () => Promise.reject(new Error('no database'));
  await expect(streamCsv(failing, () => undefined)).rejects.toThrow('no database');
});

it('breaks off when a later row fails, and tells of it', async () => {
  const told: Error[] = [];
  const failing = rows(5, () => {
    throw new Error('the database went away');
  });
  const csv = await streamCsv(failing, (error) => told.push(error));
  await expect(text(csv)).rejects.toThrow('the database went away');
  await expect.poll(() => told.map((e) => e.message)).toEqual(['the database went away']);
});

it('asks for no more rows when the reader leaves', async () => {
  let ended = false;
  const source = rows(Number.POSITIVE_INFINITY, () => {
    ended = true;
  });
  const csv = await streamCsv(source, () => undefined);
  await once(csv, 'readable');
  csv.destroy();
  await expect.poll(() => ended).toBe(true);
});
