import { describe, expect, it } from 'vitest';
import type { PipelineParts } from './pipeline-parts.ts';
import { routeEach } from './stream-tickets.ts';

const requests = ['one', 'two'].map((body) => ({ request: { subject: 's', body }, actor: 'test' }));
const logged: unknown[] = [];
/** Parts whose triage cannot even begin. */
const partsThatThrow = (error: unknown) =>
  ({
    newId: () => {
      throw error;
    },
    clock: { now: () => new Date(0) },
    log: { error: (said: unknown) => logged.push(said) },
  }) as unknown as PipelineParts;

describe('tickets of a stream', () => {
  it('are tried again together when what failed will pass, whatever it was called', async () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    await expect(routeEach(partsThatThrow(refused), requests)).rejects.toMatchObject({ code: 'database-unavailable' });
  });

  it('fail one by one, as values, for what nobody foresaw', async () => {
    const results = await routeEach(partsThatThrow(new TypeError('no such thing')), requests);
    expect(results).toMatchObject([{ code: 'internal' }, { code: 'internal' }]);
    expect(logged).toHaveLength(2);
  });
});
