import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AnsweringModel,
  type de,
  type en,
  failures,
  languages,
  startAnsweringModel,
} from '../../../tests/support/answering-model.ts';
import { json, prose, text } from '../../../tests/support/llm-server.ts';
import { type DraftRequest, draftWithModel } from './draft-with-model.ts';

let model: AnsweringModel;
beforeAll(async () => {
  model = await startAnsweringModel();
});
afterAll(() => model.close());
beforeEach(() => model.forgetScripts());

const draftOf = (context: typeof de | typeof en, more: Partial<DraftRequest> = {}) =>
  draftWithModel(model.tools(), { ...context, category: 'Billing', tone: 'professional', form: 'sie', ...more });

const good = {
  de: 'Alle Rechnungen stehen unter Verwaltung > Abrechnung [1]. Einen Monatstarif kündigen Sie bis 1 Tag vor dem Abrechnungstag [2].',
  en: 'All invoices are listed under Administration > Billing [1]. You cancel a monthly plan until 1 day before the billing day [2].',
};

describe.each(languages)('draftWithModel, %s', (_name, context) => {
  it('turns marks into citations with the exact sentence of the passage', async () => {
    model.server.script('draft', text(good[context.language]));
    const result = await draftOf(context);
    expect(result).toMatchObject({
      ok: true,
      problems: [],
      draft: {
        method: 'ai',
        strategy: 'model-cited',
        tone: 'professional',
        language: context.language,
        text: good[context.language].replaceAll(/ \[\d\]/g, ''),
        promptHash: model.prompts.versions()[`draft.${context.language}`],
        model: 'scripted-1',
      },
    });
    const citations = result.ok ? result.draft.citations : [];
    expect(citations.map((c) => c.heading)).toEqual(context.passages.map((p) => p.heading));
    for (const [i, { quote }] of citations.entries()) {
      expect(context.passages[i]!.text).toContain(quote);
      expect(quote).toBe(context.passages[i]!.text.slice(0, quote.length));
    }
    expect(result.ok && result.draft.tokens!.output > 0).toBe(true);
  });

  it('puts the frame around the body, rephrases a base, and revises with findings', async () => {
    model.server.script('draft', text(good[context.language]));
    const framed = await draftOf(context, {
      frame: (body) => `<${body}>`,
      base: 'BASE',
      previous: { text: 'EARLIER', findings: ['FINDING'] },
    });
    expect(framed).toMatchObject({ ok: true, draft: { method: 'hybrid', strategy: 'model-revised' } });
    expect(framed.ok && framed.draft.text.startsWith('<') && framed.draft.text.endsWith('>')).toBe(true);
    const { prompt } = model.server.requests.at(-1)!;
    for (const word of ['BASE', 'EARLIER', 'FINDING']) expect(prompt).toContain(word);
    expect(await draftOf(context, { base: 'BASE' })).toMatchObject({
      draft: { strategy: 'model-rephrased' },
    });
  });

  it('does not ask without passages', async () => {
    const before = model.server.requests.length;
    expect(await draftOf(context, { passages: [] })).toMatchObject({ ok: false, reason: 'no-passage' });
    expect(model.server.requests.length).toBe(before);
  });

  it.each([
    ['the agreed word', 'NO_ANSWER'],
    ['the agreed word with a stop', 'NO_ANSWER.'],
    ['courtesy only', context.language === 'de' ? 'Danke für die Nachricht.' : 'Thank you for your message.'],
    [
      'only that nothing is known',
      context.language === 'de'
        ? 'In unserer Dokumentation steht nicht, wie das geht.'
        : 'Our documentation does not say how this is done.',
    ],
  ])('is no answer: %s', async (_case, reply) => {
    model.server.script('draft', text(reply));
    expect(await draftOf(context)).toMatchObject({ ok: false, reason: 'no-answer' });
  });

  it.each(failures.filter(([, , reason]) => reason !== 'not-json'))(
    'fails with its reason: %s',
    async (_case, reply, reason) => {
      model.server.script('draft', reply);
      const result = await draftOf(context);
      expect(result).toMatchObject({ ok: false, reason });
    },
  );

  it('has problems instead of citations when a model answers in JSON or prose of its own', async () => {
    for (const reply of [prose(), json({ answer: 'Yes, that is possible.' })]) {
      model.server.script('draft', reply);
      const result = await draftOf(context);
      expect(result).toMatchObject({ ok: true, draft: { citations: [] } });
      expect(result.ok && result.problems.length > 0).toBe(true);
    }
  });
});
