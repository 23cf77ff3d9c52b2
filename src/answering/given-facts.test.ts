import { describe, expect, it } from 'vitest';
import { findGiven } from './given-facts.ts';

const given = (body: string, turns: string[] = []) =>
  findGiven(
    {
      subject: '',
      body,
      language: 'de',
      customer: {
        id: 'c',
        name: null,
        tier: 'free',
        style: 'neutral',
        stage: 'new',
        earlier: [],
        frustrations: 0,
        turns: turns.map((text) => ({ author: 'customer' as const, text, at: '2026-01-01T00:00:00Z' })),
      },
    },
    (text) =>
      [...text.matchAll(/QH-\d+/g)]
        .map(([code]) => ({ kind: 'error-code' as const, text: code }))
        .concat([...text.matchAll(/\S+@\S+/g)].map(([mail]) => ({ kind: 'email' as never, text: mail }))),
  ).map(({ kind, value }) => `${kind} ${value}`);

describe('what the customer has told', () => {
  it.each([
    ['Im Tarif Team geht es nicht.', 'plan Team'],
    ['We have the Business plan.', 'plan Business'],
    ['Auf meinem iPhone 15 Pro stürzt es ab', 'device iPhone 15 Pro'],
    ['with Firefox 140 on Windows 11', 'device Firefox 140'],
    ['QH-1042 erscheint', 'error-code QH-1042'],
  ])('%s', (body, fact) => {
    expect(given(body)).toContain(fact);
  });

  it('counts once, also when it was told earlier in the conversation; addresses are left out', () => {
    expect(given('Nochmal: QH-1042, qh-1042', ['Bei mir steht QH-1042', 'a@b.example'])).toEqual([
      'error-code QH-1042',
    ]);
    expect(given('Wo ist meine Rechnung?', ['Bei mir steht QH-7'])).toEqual(['error-code QH-7']);
  });

  it('is nothing where nothing was told, and bounded', () => {
    expect(given('Der Plan ist gut. Das Abo auch. A plan for edges.')).toEqual([]);
    expect(given(Array.from({ length: 50 }, (_, i) => `QH-${i}`).join(' '))).toHaveLength(12);
  });
});
