import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LlmPort } from '../../platform/index.ts';
import { meterLlm } from './meter-llm.ts';
import { withoutMarks } from './stream-without-marks.ts';
import { trimTurns } from './trim-turns.ts';

describe('a stream without marks', () => {
  const hear = (pieces: readonly string[]) => {
    const heard: string[] = [];
    const stream = withoutMarks({ onText: (piece) => heard.push(piece), onRestart: () => heard.splice(0) });
    for (const piece of pieces) stream.onText(piece);
    return heard.join('');
  };

  it('is the text without its marks, however it is cut', () => {
    const text = 'Das geht 14 Tage lang [1]. Danach nicht [2, 3]! Menü [Datei] › „Neu“ 【4】. Ende.';
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 12 }), (cuts) => {
        const at = [0, ...[...cuts].sort((a, b) => a - b), text.length];
        const pieces = at.slice(1).map((end, i) => text.slice(at[i], end));
        expect(hear(pieces)).toBe('Das geht 14 Tage lang. Danach nicht! Menü [Datei] › „Neu“. Ende.');
      }),
    );
  });

  it('holds nothing of a broken connection back for the next one', () => {
    const heard: string[] = [];
    const stream = withoutMarks({ onText: (piece) => heard.push(piece), onRestart: () => heard.push('again') });
    for (const piece of ['Alt [1']) stream.onText(piece);
    stream.onRestart();
    stream.onText('Neu.');
    expect(heard).toEqual(['Alt', 'again', 'Neu.']);
  });
});

describe('the conversation in a prompt', () => {
  const at = '2026-01-01T00:00:00Z';
  it('is its last turns, in order, without what the system noted', () => {
    const turns = Array.from({ length: 30 }, (_, i) => ({
      author: (['customer', 'ai', 'system', 'agent'] as const)[i % 4]!,
      text: `turn ${i}`,
      at,
    }));
    const shown = trimTurns(turns);
    expect(shown.length).toBe(8);
    expect(shown.at(-1)).toEqual({ author: 'us', text: 'turn 29' });
    expect(shown.every(({ text }) => Number(text.slice(5)) % 4 !== 2)).toBe(true);
  });

  it('is bounded whatever was said, and stays well-formed', () => {
    const said = fc.record({
      author: fc.constantFrom('customer' as const, 'ai' as const),
      text: fc.string({ maxLength: 5_000, unit: 'grapheme' }),
    });
    fc.assert(
      fc.property(fc.array(said, { maxLength: 20 }), (turns) => {
        const shown = trimTurns(turns.map((turn) => ({ ...turn, at })));
        expect(shown.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(3_100);
        for (const { text } of shown) expect(text.isWellFormed()).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a metered port', () => {
  const port = (cost: number | null): LlmPort & { seen: unknown[] } => {
    const seen: unknown[] = [];
    const base = { model: 'm', tokens: { input: 10, output: 5 }, cost, attempts: 1, milliseconds: 1 };
    return {
      model: 'm',
      seen,
      generateObject: (request) => {
        seen.push(request);
        return Promise.resolve({ ok: false, reason: 'timeout', detail: '', attempts: 1, milliseconds: 1 });
      },
      generateText: (request) => {
        seen.push(request);
        return Promise.resolve({ ok: true, value: 'x', ...base });
      },
      check: () => Promise.reject(new Error('not asked')),
    };
  };
  const request = { purpose: 'draft', system: 's', prompt: 'p' };

  it('names the customer in every call and sums what the calls took', async () => {
    const inner = port(0.5);
    const { llm, usage } = meterLlm(inner, { customerId: 'c1', personal: ['Erika Muster'] });
    expect(usage()).toBeNull();
    await llm.generateText(request);
    await llm.generateText(request);
    await llm.generateObject({ ...request, schema: undefined as never });
    expect(usage()).toEqual({ calls: 3, inputTokens: 20, outputTokens: 10, cost: 1 });
    for (const one of inner.seen) expect(one).toMatchObject({ customerId: 'c1', personal: ['Erika Muster'] });
  });

  it('claims no cost once a call has none', async () => {
    const { llm, usage } = meterLlm(port(null), {});
    await llm.generateText(request);
    expect(usage()?.cost).toBeNull();
  });
});
