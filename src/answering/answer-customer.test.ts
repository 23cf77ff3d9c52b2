import { describe, expect, it } from 'vitest';
import type { LlmPort, LlmResult, TextRequest, TextStream } from '../platform/index.ts';
import type { CustomerContext, RunEvent, TriageVerdict } from '../ticket/index.ts';
import type { AnswerContext } from './answer-context.ts';
import { createAnswering } from './answer-message.ts';
import { starterPassages, starterTemplates } from './starter-passages.ts';

/** Answers that are made for one customer: adapted, complete or openly incomplete, streamed, and paid for. */
const at = '2026-01-01T00:00:00Z';
const triage: TriageVerdict = {
  category: 'Refund',
  department: 'Billing',
  intent: 'billing',
  confidence: 0.9,
  abstained: false,
  alternatives: [],
  urgencyScore: 0.2,
  priority: 'low',
  urgencyCues: [],
  categoryCues: [],
  sentiment: 'neutral',
  signals: { thanks: false, frustration: false, wantsPerson: false, notWorking: false },
  personReasons: [],
  modelUsed: 'logreg',
  modelVersion: '1',
};
const erika: CustomerContext = {
  id: 'c1',
  name: 'Erika Muster',
  tier: 'premium',
  style: 'casual',
  stage: 'active',
  earlier: [],
  turns: [],
  frustrations: 0,
};
const asked = { en: 'How long does a refund to PayPal take?', de: 'Wie lange dauert eine Erstattung auf PayPal?' };
const fact = {
  en: 'A refund to PayPal takes up to 2 business days.',
  de: 'Eine Erstattung auf PayPal dauert bis zu 2 Werktage.',
};
const cited = {
  en: 'A refund to PayPal takes up to 2 business days [1].',
  de: 'Eine Erstattung auf PayPal dauert bis zu 2 Werktage [1].',
};

const contextOf = (language: 'en' | 'de', more: Partial<AnswerContext> = {}): AnswerContext => ({
  subject: '',
  body: asked[language],
  language,
  triage,
  passages: starterPassages('billing', language, /refund|erstattung/i),
  found: true,
  method: 'auto',
  tone: null,
  k: 5,
  categoryGiven: false,
  customer: erika,
  ...more,
});

const ok = <T>(value: T): LlmResult<T> => ({
  ok: true,
  value,
  model: 'scripted',
  tokens: { input: 100, output: 20 },
  cost: 0.25,
  attempts: 1,
  milliseconds: 1,
});
const spent: LlmResult<never> = { ok: false, reason: 'budget', detail: 'used up', attempts: 0, milliseconds: 0 };
const decision = ok({ intent: 'billing', priority: 'low', confidence: 0.9, suggestion: 'Tell the period.' });
const good = ok({
  asks: ['a'],
  unanswered_asks: [],
  unsupported_claims: [],
  helpfulness: 0.9,
  accuracy: 0.9,
  clarity: 0.9,
  relevance: 0.9,
  verdict: 'good',
  reasoning: 'because',
});

interface Script {
  decision?: LlmResult<unknown>;
  draft?: (stream: TextStream | undefined) => LlmResult<string>;
  judge?: LlmResult<unknown>;
}
function scripted(language: 'en' | 'de', script: Script = {}): LlmPort & { requests: TextRequest[] } {
  const requests: TextRequest[] = [];
  return {
    model: 'scripted',
    requests,
    generateObject: <T>(request: TextRequest) => {
      requests.push(request);
      const answer = request.purpose === 'decision' ? (script.decision ?? decision) : (script.judge ?? good);
      return Promise.resolve(answer as LlmResult<T>);
    },
    generateText: (request, stream) => {
      requests.push(request);
      return Promise.resolve(script.draft?.(stream) ?? ok(cited[language]));
    },
    check: () => Promise.reject(new Error('not asked')),
  };
}
const answeringWith = (llm: LlmPort | null) =>
  createAnswering({ templates: starterTemplates, llm, settings: { form: 'sie', disclosure: true } });
const plain = answeringWith(null);

describe.each(['en', 'de'] as const)('an answer for a customer (%s)', (language) => {
  it('greets by name, in their manner, with the next step of their tier', async () => {
    const { draft, guardrail } = await plain.answer(contextOf(language));
    expect(guardrail).toBe('OK');
    expect(draft?.text).toMatch(language === 'de' ? /^Hallo Erika Muster,/ : /^Hi Erika Muster,/);
    expect(draft?.text).not.toMatch(/Frau|Herr|Mrs?\b/);
    expect(draft?.text).toMatch(language === 'de' ? /Premium-Vertrag/ : /premium customer/);
    expect(draft).toMatchObject({ tone: 'friendly', personalised: ['name', 'style', 'tier'] });
  });

  it('is told in the same words to a stranger as before, and to nobody else by name', async () => {
    const { draft } = await plain.answer(contextOf(language, { customer: null }));
    expect(draft).toMatchObject({ tone: 'professional', personalised: [] });
    expect(draft?.text).toMatch(language === 'de' ? /^Guten Tag,\n/ : /^Hello,\n/);
  });

  it('decides alike whoever asks: only the words around the facts differ', async () => {
    const one = await plain.answer(contextOf(language));
    const other = await plain.answer(contextOf(language, { customer: null }));
    expect(one.draft?.citations).toEqual(other.draft?.citations);
    expect(one.guardrail).toBe(other.guardrail);
    expect(one.judge?.unsupportedClaims).toEqual([]);
    expect(await plain.answer(contextOf(language))).toEqual(one);
  });

  it('names what is still open, and asks for nothing that was told', async () => {
    const earlier = [{ ticketId: 't', subject: 's', category: 'Refund', status: 'awaiting_review' as const, at }];
    const answering = createAnswering({
      templates: starterTemplates,
      llm: null,
      settings: { form: 'sie', disclosure: true },
      findEntities: (text) => [...text.matchAll(/RE-\d+/g)].map(([found]) => ({ kind: 'invoice-number', text: found })),
    });
    const { draft } = await answering.answer(
      contextOf(language, { customer: { ...erika, earlier }, body: `${asked[language]} RE-4711` }),
    );
    expect(draft?.text).toMatch(language === 'de' ? /ebenfalls noch offen/ : /still open with us/);
    expect(draft?.text).not.toMatch(language === 'de' ? /Rechnungs- oder Bestellnummer/ : /number of the invoice/);
    expect(draft?.personalised).toEqual(expect.arrayContaining(['open-ticket', 'given-facts']));
  });

  it('does not tell again what was told, but for the best sentence', async () => {
    const first = (await plain.answer(contextOf(language))).draft!;
    const turns = [
      { author: 'customer' as const, text: asked[language], at },
      { author: 'ai' as const, text: first.text, at },
    ];
    const second = (await plain.answer(contextOf(language, { customer: { ...erika, turns } }))).draft!;
    const repeated = second.citations.filter(({ quote }) => first.citations.some((one) => one.quote === quote));
    expect(repeated.map(({ quote }) => quote)).toEqual([fact[language]]);
    expect(second.text).toMatch(language === 'de' ? /unsere frühere Antwort/ : /our earlier answer/);
    expect(second.personalised).toContain('earlier-answer');
  });

  it('says of every ask whether it is answered; what is open is said in the draft, which a person gets', async () => {
    const body = `${asked[language]} ${language === 'de' ? 'Was ist die Hauptstadt von Brasilien?' : 'What is the capital of Brazil?'}`;
    const verdict = await plain.answer(contextOf(language, { body }));
    expect(verdict.guardrail).toBe('LLM_POOR_ANSWER_RETRY');
    expect(verdict.asks.map(({ outcome }) => outcome)).toEqual(['answered', 'deferred']);
    expect(verdict.draft?.text).toContain(fact[language]);
    expect(verdict.draft?.text).toMatch(
      language === 'de'
        ? /In unserer Dokumentation steht nichts zu „.*Brasilien/
        : /does not say anything about “.*Brazil/,
    );
    expect(verdict.guardrailChecks.find(({ id }) => id === 'deferred-ask')).toMatchObject({ passed: false });
    const complete = await plain.answer(contextOf(language));
    expect(complete.asks).toEqual([{ ask: asked[language], outcome: 'answered' }]);
    expect(complete.guardrailChecks.find(({ id }) => id === 'deferred-ask')).toMatchObject({ passed: true });
  });
});

describe.each(['en', 'de'] as const)('an answer with a model for a customer (%s)', (language) => {
  const passages = starterPassages('billing', language, /How long|Wie lange/);
  const aboutPeriods = (more: Partial<AnswerContext>) => contextOf(language, { passages, ...more });

  it('shows the model the conversation and what was told, in their blocks', async () => {
    const llm = scripted(language);
    const turns = [{ author: 'customer' as const, text: 'QUESTION-BEFORE QH-77', at }];
    const answering = createAnswering({
      templates: starterTemplates,
      llm,
      settings: { form: 'sie', disclosure: true },
      findEntities: (text) => [...text.matchAll(/QH-\d+/g)].map(([found]) => ({ kind: 'error-code', text: found })),
      newFence: () => 'f00d',
    });
    const verdict = await answering.answer(aboutPeriods({ method: 'ai', customer: { ...erika, turns } }));
    const { prompt, system } = llm.requests.find(({ purpose }) => purpose === 'draft')!;
    expect(prompt).toMatch(/<<<conversation f00d\n\S+: QUESTION-BEFORE QH-77\nf00d conversation>>>/);
    expect(prompt).toContain('<<<given f00d\nerror-code: QH-77\nf00d given>>>');
    expect(system).not.toMatch(/QUESTION-BEFORE|QH-77|Muster/);
    for (const request of llm.requests) expect(request).toMatchObject({ customerId: 'c1', personal: ['Erika Muster'] });
    expect(verdict.draft?.text).toContain('Erika Muster');
    expect(verdict.usage).toEqual({ calls: 3, inputTokens: 300, outputTokens: 60, cost: 0.75 });
  });

  it('does not send a draft that leaves an ask to a person, however good the judge finds it', async () => {
    const open =
      language === 'de'
        ? ' In unserer Dokumentation steht keine Faxnummer.'
        : ' Our documentation does not say a fax number.';
    const llm = scripted(language, { draft: () => ok(cited[language] + open) });
    const body = `${asked[language]} ${language === 'de' ? 'Und wie lautet die Faxnummer?' : 'And what is the fax number?'}`;
    const verdict = await answeringWith(llm).answer(aboutPeriods({ method: 'ai', body }));
    expect(verdict.guardrail).toBe('LLM_POOR_ANSWER_RETRY');
    expect(verdict.asks.map(({ outcome }) => outcome)).toEqual(['answered', 'deferred']);
    expect(verdict.attempts).toHaveLength(2);
  });

  it('does not let the passages answer what the model read and found no answer to', async () => {
    const open =
      language === 'de'
        ? ' In unserer Dokumentation steht keine Faxnummer.'
        : ' Our documentation does not say a fax number.';
    const llm = scripted(language, { draft: () => ok(cited[language] + open) });
    const body = `${asked[language]} ${language === 'de' ? 'Und wie lautet die Faxnummer für Erstattungen?' : 'And what is the fax number for refunds?'}`;
    const verdict = await answeringWith(llm).answer(aboutPeriods({ method: 'auto', body }));
    expect(verdict.attempts.map(({ draft }) => draft?.method)).toEqual(['ai', 'template']);
    expect(verdict.guardrail).toBe('LLM_POOR_ANSWER_RETRY');
    expect(verdict.asks.at(-1)?.outcome).toBe('deferred');
  });

  it.each([
    ['decision', { decision: spent }, ['decision']],
    ['draft', { draft: () => spent }, ['decision', 'draft']],
    ['judge', { judge: spent }, ['decision', 'draft', 'judge']],
  ] as const)('is made of templates when the budget is spent at the %s', async (_, script, purposes) => {
    for (const method of ['auto', 'ai', 'hybrid'] as const) {
      const llm = scripted(language, script);
      const verdict = await answeringWith(llm).answer(aboutPeriods({ method }));
      expect(verdict).toMatchObject({ guardrail: 'OK', modelFailure: null, draft: { method: 'template' } });
      expect(verdict.guardrailNotes.join()).toContain('budget of this hour is used up');
      expect(verdict.draft?.text).toContain(fact[language]);
      expect(llm.requests.map(({ purpose }) => purpose)).toEqual(purposes);
    }
  });

  it('is told while it is written, and what does not count is taken back', async () => {
    const events: RunEvent[] = [];
    const llm = scripted(language, {
      draft: (stream) => {
        stream?.onText('half ');
        stream?.onRestart();
        for (const piece of cited[language].split(/(?<= )/)) stream?.onText(piece);
        return ok(cited[language]);
      },
    });
    await answeringWith(llm).answer(aboutPeriods({ method: 'ai', onEvent: (event) => events.push(event) }));
    const names = events.map(({ type }) => type);
    expect(names.indexOf('discarded')).toBe(1);
    const after = events.slice(2).map((event) => (event.type === 'draft' ? event.text : ''));
    expect(after.join('')).toBe(cited[language].replace(' [1]', ''));
    expect(new Set(events.map((event) => ('attempt' in event ? event.attempt : 0)))).toEqual(new Set([1]));
  });

  it('is told whole where the port does not stream, and once where templates make it', async () => {
    for (const method of ['ai', 'template'] as const) {
      const events: RunEvent[] = [];
      const onEvent = (event: RunEvent) => void events.push(event);
      const { draft } = await answeringWith(scripted(language)).answer(aboutPeriods({ method, onEvent }));
      expect(events).toEqual([{ type: 'draft', attempt: 1, text: draft!.text }]);
    }
  });
});
