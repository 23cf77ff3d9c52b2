import { expect, it } from 'vitest';
import { type Check, createHealth } from './health.ts';

const well: Check = { name: 'well', otherwise: 'down', ask: () => ({ status: 'ok', detail: 'fine' }) };

it('one part that hangs or throws holds up no other, and says so', async () => {
  const hangs: Check = { name: 'hangs', otherwise: 'degraded', ask: () => new Promise(() => undefined) };
  const throws: Check = { name: 'throws', otherwise: 'down', ask: () => Promise.reject(new Error('secret')) };
  expect(await createHealth([well, hangs, throws])()).toEqual({
    well: { status: 'ok', detail: 'fine' },
    hangs: { status: 'degraded', detail: 'does not answer' },
    throws: { status: 'down', detail: 'does not answer' },
  });
});

it('asks a part once at a time, and only those that are wanted', async () => {
  let asked = 0;
  const answer = Promise.withResolvers<{ status: 'ok'; detail: string }>();
  const slow: Check = {
    name: 'slow',
    otherwise: 'down',
    ask: () => {
      asked++;
      return answer.promise;
    },
  };
  const health = createHealth([well, slow]);
  const both = Promise.all([health(), health(['slow'])]);
  expect(await health(['well'])).toEqual({ well: { status: 'ok', detail: 'fine' } });
  answer.resolve({ status: 'ok', detail: '' });
  expect((await both)[1]).toEqual({ slow: { status: 'ok', detail: '' } });
  expect(asked).toBe(1);
});
