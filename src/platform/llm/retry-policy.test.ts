import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { llmFailureReasons } from './port.ts';
import { readRetryAfter, retryPolicy, waitBeforeRetry } from './retry-policy.ts';

describe('readRetryAfter', () => {
  const now = Date.parse('2026-11-20T10:00:00Z');
  it.each([
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': 'Fri, 20 Nov 2026 10:00:07 GMT' }, 7000],
    [{ 'retry-after': 'Fri, 20 Nov 2026 09:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '-3' }, null],
    [{ 'retry-after-ms': '150', 'retry-after': '2' }, 150],
    [{}, null],
    [undefined, null],
  ])('%j → %s', (headers, expected) => {
    expect(readRetryAfter(headers as Record<string, string> | undefined, now)).toBe(expected);
  });
});

describe('waitBeforeRetry', () => {
  it('waits between half and the whole of a doubling step, never longer, and ends', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...llmFailureReasons),
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 0, max: 0.999_999, noNaN: true }),
        (reason, attempts, random) => {
          const wait = waitBeforeRetry({ reason, detail: '', retryAfterMs: null }, attempts, () => random);
          const { retries, baseMs } = retryPolicy[reason];
          if (attempts > retries) return wait === null;
          const step = baseMs * 2 ** (attempts - 1);
          return wait !== null && wait >= step / 2 && wait <= step;
        },
      ),
    );
  });

  it('never comes back earlier than the server asked', () => {
    const wait = waitBeforeRetry({ reason: 'rate-limited', detail: '', retryAfterMs: 3000 }, 1, () => 0.99);
    expect(wait).toBeGreaterThanOrEqual(3000);
    expect(wait).toBeLessThanOrEqual(3300);
  });

  it.each(['refusal', 'schema-mismatch', 'not-json', 'unauthorised', 'timeout'] as const)(
    'never repeats %s',
    (reason) => {
      expect(waitBeforeRetry({ reason, detail: '', retryAfterMs: 1 }, 1, () => 0)).toBeNull();
    },
  );
});
