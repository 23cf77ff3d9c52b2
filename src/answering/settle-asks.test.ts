import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JudgeVerdict } from '../ticket/index.ts';
import { findAsks } from './compose/find-asks.ts';
import { settleAsks } from './settle-asks.ts';

const judged = (unansweredAsks: readonly string[], failure: string | null = null): JudgeVerdict => ({
  kind: 'llm',
  helpfulness: 1,
  accuracy: 1,
  clarity: 1,
  relevance: 1,
  score: 1,
  reasoning: '',
  unansweredAsks,
  unsupportedClaims: [],
  failure,
});
const two = {
  en: findAsks({ subject: '', body: 'Where are my invoices? And what is your fax number?', language: 'en' }),
  de: findAsks({ subject: '', body: 'Wo sind meine Rechnungen? Und wie lautet eure Faxnummer?', language: 'de' }),
};

describe.each(['en', 'de'] as const)('the asks of a message (%s)', (language) => {
  const asks = two[language];
  const settle = (more: Partial<Parameters<typeof settleAsks>[1]>) =>
    settleAsks(asks, { language, judge: judged([]), deferrals: [], ...more }).map(({ outcome }) => outcome);

  it('are answered when nothing speaks against it', () => {
    expect(asks).toHaveLength(2);
    expect(settle({})).toEqual(['answered', 'answered']);
  });

  it('are deferred when the judge or the draft itself leaves them open', () => {
    const open = language === 'de' ? 'die Faxnummer' : 'the fax number';
    const said =
      language === 'de'
        ? 'In unserer Dokumentation steht keine Faxnummer.'
        : 'Our documentation does not say a fax number.';
    expect(settle({ judge: judged([asks[1]!.text]) })).toEqual(['answered', 'deferred']);
    expect(settle({ judge: judged([open]) })).toEqual(['answered', 'deferred']);
    expect(settle({ deferrals: [said] })).toEqual(['answered', 'deferred']);
    expect(settle({ judge: judged([open]), deferrals: [said] })).toEqual(['answered', 'deferred']);
  });

  it('are all deferred when nobody judged', () => {
    expect(settle({ judge: null })).toEqual(['deferred', 'deferred']);
    expect(settle({ judge: judged([], 'timeout') })).toEqual(['deferred', 'deferred']);
  });

  it('grow by what belongs to none of them', () => {
    const outcomes = settleAsks(asks, { language, judge: judged(['Zebras?']), deferrals: [] });
    expect(outcomes).toHaveLength(3);
    expect(outcomes[2]).toEqual({ ask: 'Zebras?', outcome: 'deferred' });
  });

  it('never vanish, and nothing left open counts as answered', () => {
    const open = fc.array(fc.constantFrom(asks[0]!.text, asks[1]!.text, 'Zebras?', ''), { maxLength: 4 });
    fc.assert(
      fc.property(open, open, (unanswered, deferrals) => {
        const outcomes = settleAsks(asks, { language, judge: judged(unanswered), deferrals });
        for (const { text } of asks) expect(outcomes.map(({ ask }) => ask)).toContain(text);
        expect(outcomes.every(({ outcome }) => outcome === 'answered')).toBe(
          unanswered.length + deferrals.length === 0,
        );
        for (const { text } of asks.filter(({ text }) => [...unanswered, ...deferrals].includes(text)))
          expect(outcomes.find(({ ask }) => ask === text)?.outcome).toBe('deferred');
      }),
    );
  });
});
