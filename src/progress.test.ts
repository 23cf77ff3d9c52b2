import { describe, expect, it } from 'vitest';
import { timeLeft } from './progress.ts';

describe('the time left', () => {
  const quarter = { fraction: 0.25, started: 1000, at: 11_000 };
  it('follows from what is done, and goes down between steps', () => {
    expect(timeLeft(quarter, 11_000)).toBe(' · 30 s left');
    expect(timeLeft(quarter, 21_000)).toBe(' · 20 s left');
    expect(timeLeft({ ...quarter, at: 101_000 }, 101_000)).toBe(' · 5 min left');
  });

  it('is not guessed at the start, never negative, and not said at the end', () => {
    expect(timeLeft({ fraction: 0.01, started: 0, at: 500 }, 600)).toBe('');
    expect(timeLeft(quarter, 60_000)).toBe(' · soon done');
    expect(timeLeft({ fraction: 1, started: 0, at: 500 }, 600)).toBe('');
  });
});
