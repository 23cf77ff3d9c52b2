import { describe, expect, it } from 'vitest';
import { soon } from './soon.ts';

describe('soon', () => {
  it('does once what is asked for often, and again for who asks meanwhile', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const begun = Promise.withResolvers<void>();
    let runs = 0;
    const work = soon(async () => {
      begun.resolve();
      await gates[runs++]?.promise;
    }, 1);
    work.ask();
    work.ask();
    await begun.promise;
    work.ask();
    work.ask();
    for (const gate of gates) gate.resolve();
    await work.settled();
    expect(runs).toBe(2);
  });

  it('after the end nothing begins; what is under way is waited for', async () => {
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    let ended = false;
    let runs = 0;
    const work = soon(async () => {
      runs++;
      begun.resolve();
      await gate.promise;
      ended = true;
    }, 1);
    work.ask();
    await begun.promise;
    work.ask();
    const closed = work.close();
    gate.resolve();
    await closed;
    expect(ended).toBe(true);
    work.ask();
    await work.settled();
    expect(runs).toBe(1);
  });
});
