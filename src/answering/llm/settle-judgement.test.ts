import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Judgement, settleJudgement } from './settle-judgement.ts';

const judgement = (change: Partial<Judgement> = {}): Judgement => ({
  asks: ['Wo ist meine Rechnung?'],
  unanswered_asks: [],
  unsupported_claims: [],
  helpfulness: 0.9,
  accuracy: 0.8,
  clarity: 1,
  relevance: 0.9,
  verdict: 'good',
  reasoning: 'Passt.',
  ...change,
});

describe('settleJudgement', () => {
  it('takes the mean, but never more than accuracy or helpfulness', () => {
    expect(settleJudgement(judgement({ accuracy: 1 }), 'de').score).toBeCloseTo(0.9, 10);
    expect(settleJudgement(judgement({ accuracy: 0.2 }), 'de').score).toBe(0.2);
    expect(settleJudgement(judgement({ helpfulness: 0.3 }), 'de').score).toBe(0.3);
    expect(settleJudgement(judgement(), 'de').reasoning).toBe('Passt.');
  });

  it.each([
    ['en', 'overridden'],
    ['de', 'verworfen'],
  ] as const)('overrides "good" when its own findings speak against it (%s)', (language, word) => {
    for (const change of [{ unanswered_asks: ['Wann?'] }, { unsupported_claims: ['Es kostet nichts.'] }]) {
      const settled = settleJudgement(judgement(change), language);
      expect(settled.score).toBeLessThan(0.5);
      expect(settled.reasoning).toContain(word);
    }
  });

  it('keeps "poor" even where nothing was found, and says so', () => {
    const settled = settleJudgement(judgement({ verdict: 'poor' }), 'de');
    expect(settled.score).toBeLessThan(0.5);
    expect(settled.reasoning).toContain('beibehalten');
  });

  it('does not take the word "none" for a finding', () => {
    const settled = settleJudgement(
      judgement({ unanswered_asks: ['none', ' ', 'N/A'], unsupported_claims: ['Keine.', '-'] }),
      'en',
    );
    expect(settled).toMatchObject({ unansweredAsks: [], unsupportedClaims: [] });
    expect(settled.score).toBeGreaterThan(0.5);
  });

  it('passes only what has no finding, a good verdict and numbers that pass', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const list = fc.array(fc.constantFrom('none', 'keine', 'Wann kommt es?'), { maxLength: 2 });
    const any = fc.record({
      asks: list,
      unanswered_asks: list,
      unsupported_claims: list,
      helpfulness: share,
      accuracy: share,
      clarity: share,
      relevance: share,
      verdict: fc.constantFrom('good' as const, 'poor' as const),
      reasoning: fc.string(),
    });
    fc.assert(
      fc.property(any, (j) => {
        const { score, unansweredAsks, unsupportedClaims } = settleJudgement(j, 'en');
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(Math.min(j.accuracy, j.helpfulness));
        if (score >= 0.5) {
          expect(j.verdict).toBe('good');
          expect([...unansweredAsks, ...unsupportedClaims]).toEqual([]);
        }
      }),
    );
  });
});
