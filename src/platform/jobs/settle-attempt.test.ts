import { expect, it } from 'vitest';
import { SignalboxError } from '../../ticket/index.ts';
import { settleFailure, withinLimit } from './settle-attempt.ts';

it.each([
  ['a refusal', new SignalboxError('client-id-conflict', 'Use another id.'), 'deadletter', 'client-id-conflict'],
  ['a database that is away', Object.assign(new Error('x'), { code: '57P01' }), 'failed', 'database-unavailable'],
  ['a collision of transactions', Object.assign(new Error('x'), { code: '40001' }), 'failed', 'internal'],
  ['a slip of ours', new TypeError('x is not a function'), 'failed', 'internal'],
])('%s is %s in the words of the queue', (_, error, status, code) => {
  const settled = settleFailure('1', error);
  expect(settled).toMatchObject({ id: '1', status, output: { code } });
  expect(JSON.stringify(settled), 'no inner text leaves').not.toMatch(/not a function/);
});

it('what takes too long is told to stop', async () => {
  const { promise: stopped, resolve } = Promise.withResolvers<unknown>();
  const late = withinLimit((signal) => {
    signal.addEventListener('abort', () => resolve(signal.reason));
    return new Promise(() => undefined);
  }, 0.01);
  await expect(late).rejects.toMatchObject({ code: 'job-stuck' });
  expect(await stopped).toMatchObject({ code: 'job-stuck' });
  expect(await withinLimit(async (signal) => signal.aborted, 5)).toBe(false);
});
