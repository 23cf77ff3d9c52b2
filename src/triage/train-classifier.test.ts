import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { SignalboxError } from '../ticket/index.ts';
import { classify, explainCategory } from './classify.ts';
import { loadTriageModel, saveTriageModel } from './model-file.ts';
import { trainAndCheck, trainTriageModel } from './train-classifier.ts';
import { evaluateTriageModel } from './training-metrics.ts';
import { type LabelledTicket, type TriageModel, ticketText } from './triage-model.ts';

/** The starter tickets for training (never those of the test split) whose place leaves `rest` divided by three. */
function starterTickets(rest: number): LabelledTicket[] {
  const file = new URL('../../starter/tickets.jsonl', import.meta.url);
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter((row) => row.split === 'train');
  return rows
    .filter((_, i) => i % 3 === rest)
    .map((row) => ({
      subject: row.subject,
      body: row.body,
      category: row.category,
      urgency: row.urgency,
      group: row.scenario,
    }));
}

/** Enough to learn from in a second. */
const tickets = starterTickets(0);
const unseen = starterTickets(1).filter((ticket) => ticket.category !== null);
let model: TriageModel;
const progress: [number, string][] = [];

beforeAll(async () => {
  model = await trainTriageModel(tickets, {
    seed: 1,
    folds: 3,
    onProgress: (fraction, words) => progress.push([fraction, words]),
  });
}, 60_000);

describe('over-sampling', () => {
  it('changes the model, says the same for the same seed, and still asks about unseen tickets only', async () => {
    const few = tickets.slice(0, 240);
    const trainFew = (smote: boolean) =>
      trainAndCheck(few, { seed: 1, folds: 2, variant: 'logreg', settings: { smote } });
    const [plain, made, again] = [await trainFew(false), await trainFew(true), await trainFew(true)];
    expect(made.model.version).not.toBe(plain.model.version);
    expect(again.model.version).toBe(made.model.version);
    expect(made.model.classes).toEqual(plain.model.classes);
    expect(made.unseen.map(({ row }) => row)).toEqual(plain.unseen.map(({ row }) => row));
  }, 60_000);
});

describe('training on starter tickets', () => {
  it('learns nine categories far better than chance on tickets it has not seen', () => {
    expect(model.classes).toHaveLength(9);
    expect(model.metrics.accuracy).toBeGreaterThan(0.6);
    expect(model.metrics.macroF1).toBeGreaterThan(0.6);
  });

  it('says what it knows: confidence fits how often it is right', () => {
    expect(model.metrics.calibration).toBeLessThan(0.08);
    const [some, sure] = model.metrics.coverage;
    expect(sure!.share).toBeLessThan(some!.share);
    expect(sure!.accuracy).toBeGreaterThan(model.metrics.accuracy);
  });

  it('abstains from most of what is out of scope, at a cost of at most 5 % of the rest', () => {
    expect(model.metrics.scopeAuc?.blend).toBeGreaterThan(0.85);
    expect(model.metrics.scopeAuc?.blend).toBeGreaterThan(model.metrics.scopeAuc?.['scope-logit'] ?? 1);
    expect(model.metrics.caughtOutOfScope).toBeGreaterThan(0.5);
    expect(model.metrics.lostInScope).toBeLessThanOrEqual(0.05);
    expect(classify(model, 'Wie lange muss der Kuchen bei Umluft in den Ofen?').abstained).toBe(true);
  });

  it('German fares as English does', () => {
    const right = (language: RegExp): number => {
      const some = unseen.filter((t) => language.test(` ${t.body.toLowerCase()} `));
      expect(some.length).toBeGreaterThan(100);
      const hits = some.filter((t) => classify(model, ticketText(t.subject, t.body)).category === t.category);
      return hits.length / some.length;
    };
    const german = right(/ (ich|und|nicht|bitte|der|die) /);
    const english = right(/ (the|and|is|you|please) /);
    expect(german).toBeGreaterThan(0.6);
    expect(english).toBeGreaterThan(0.6);
    expect(Math.abs(german - english)).toBeLessThan(0.1);
  });

  it('knows what is pressing', () => {
    expect(model.metrics.urgency?.spearman).toBeGreaterThan(0.5);
    const down = classify(model, 'Produktion steht, alle Server sind seit einer Stunde nicht erreichbar').urgency!;
    const idea = classify(model, 'It would be nice to have a dark mode some day').urgency!;
    expect(down).toBeGreaterThan(idea + 0.2);
  });

  it('tells how far it is, from 0 to 1', () => {
    const fractions = progress.map(([fraction]) => fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions[0]).toBe(0);
    expect(fractions.at(-1)).toBe(1);
    expect(progress.every(([, words]) => words.length > 0)).toBe(true);
  });

  it('gives the same bytes for the same rows and seed, other bytes for other rows', async () => {
    const few = tickets.slice(0, 120);
    const bytes = async (rows: LabelledTicket[], seed: number): Promise<Buffer> =>
      Buffer.from(saveTriageModel(await trainTriageModel(rows, { seed, folds: 2 })));
    expect((await bytes(few, 5)).equals(await bytes(few, 5))).toBe(true);
    expect((await bytes(few, 5)).equals(await bytes(few.slice(1), 5))).toBe(false);
  }, 60_000);
});

/** Any code units in any order, half surrogate pairs too; fast-check's own binary strings take 8 ms each to make. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 })
  .map((codes) => String.fromCharCode(...codes));

describe('classifying', () => {
  it('names the category, the others by falling probability, and the words that spoke for it', () => {
    const found = classify(model, ticketText('Passwort vergessen', 'Ich kann mich nicht mehr anmelden'));
    expect(found.category).toBe('Account');
    expect(found.alternatives).toHaveLength(8);
    const all = [found.confidence, ...found.alternatives.map((a) => a.confidence)];
    expect(all).toEqual([...all].sort((a, b) => b - a));
    expect(all.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
    expect(found.cues.join(' ')).toMatch(/passwort|anmelden/);
    expect(found.cues.length).toBeLessThanOrEqual(5);
  });

  it('is sound for any text whatever, and abstains from one without a known word', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { confidence, urgency } = classify(model, text);
        return confidence > 0 && confidence <= 1 && urgency !== null && urgency >= 0 && urgency <= 1;
      }),
    );
    expect(classify(model, '').abstained).toBe(true);
    expect(classify(model, '\u4f60\u597d').abstained).toBe(true);
  }, 30_000);

  it('explains: contributions and the mean logit add up to the logits of the softmax', () => {
    const text = 'Invoice shows the wrong amount';
    const { probabilities } = classify(model, text);
    const { classes, intercepts } = model.linear!;
    const shifted = classes.map((category, c) =>
      explainCategory(model, text, category).reduce((sum, part) => sum + part.weight, intercepts[c]!),
    );
    const exponentials = shifted.map((logit) => Math.exp(logit));
    const total = exponentials.reduce((sum, e) => sum + e, 0);
    exponentials.forEach((e, c) => {
      expect(e / total).toBeCloseTo(probabilities[c]!, 5);
    });
    expect(explainCategory(model, text, 'no such category')).toEqual([]);
  });
});

describe('evaluating', () => {
  it('counts what classify says, class by class, and is no worse than the training said', async () => {
    const figures = await evaluateTriageModel(model, unseen);
    const right = unseen.filter((t) => classify(model, ticketText(t.subject, t.body)).category === t.category);
    expect(figures.rows).toBe(unseen.length);
    expect(figures.accuracy).toBeCloseTo(right.length / unseen.length, 12);
    expect(figures.classes.reduce((sum, { support }) => sum + support, 0)).toBe(unseen.length);
    expect(figures.urgency?.spearman).toBeGreaterThan(0.5);
    // The finished model learned from all tickets, each of the three folds from two thirds of them.
    expect(figures.accuracy).toBeGreaterThan(model.metrics.accuracy - 0.03);
  });

  it('no rows give zeros, not NaN', async () => {
    expect(await evaluateTriageModel(model, [])).toMatchObject({
      rows: 0,
      accuracy: 0,
      caughtOutOfScope: 0,
      urgency: null,
    });
  });
});

describe('the model file', () => {
  it('gives the same model back, bit for bit', () => {
    const loaded = loadTriageModel(saveTriageModel(model));
    expect(loaded.version).toBe(model.version);
    expect(loaded.metrics).toEqual(model.metrics);
    for (const { subject, body } of tickets.slice(0, 50)) {
      const text = ticketText(subject, body);
      expect(classify(loaded, text)).toEqual(classify(model, text));
    }
  });

  it('a damaged file is refused with a sentence', () => {
    const file = saveTriageModel(model);
    file[5000] = file[5000]! ^ 1;
    const load = (): unknown => loadTriageModel(file);
    expect(load).toThrow(SignalboxError);
    expect(load).toThrow(/checksum/);
  });
});

describe('training on the files of others', () => {
  const plain = tickets
    .filter((t) => t.category !== null)
    .map(({ subject, body, category }) => ({ subject, body, category }));

  it('works without urgency, scenario and out-of-scope rows: urgency is unknown, nothing known abstains', async () => {
    const other = await trainTriageModel(plain.slice(0, 150), { seed: 1, folds: 2 });
    expect(other.urgency).toBeNull();
    expect(other.metrics.scopeAuc).toBeNull();
    const loaded = loadTriageModel(saveTriageModel(other));
    expect(classify(loaded, 'please send the invoice')).toMatchObject({ urgency: null, abstained: false });
    expect(classify(loaded, '').abstained).toBe(true);
  }, 30_000);

  it('a category with a single row is learned and saved, though no fold can check it', async () => {
    const rare = plain.slice(0, 100).map((row, i) => ({ ...row, category: i === 7 ? 'Rare' : row.category }));
    const other = await trainTriageModel(rare, { seed: 1, folds: 3 });
    expect(other.classes).toContain('Rare');
    expect(other.pool.biases.every(Number.isFinite)).toBe(true);
  }, 30_000);

  it('a handful of rows is enough for a model, though nothing can be checked', async () => {
    const few = [
      { subject: '', body: 'money back please', category: 'Refund' },
      { subject: '', body: 'the login fails', category: 'Account' },
    ];
    const other = await trainTriageModel(few, { seed: 1 });
    expect(classify(other, 'the money back please').category).toBe('Refund');
    expect(classify(loadTriageModel(saveTriageModel(other)), 'login fails the').category).toBe('Account');
  });

  it.each([
    ['nothing', []],
    ['one category', plain.slice(0, 20).map((row) => ({ ...row, category: 'Billing' }))],
    ['nothing but out-of-scope rows', plain.slice(0, 30).map((row) => ({ ...row, category: null }))],
  ])('refuses %s with words', async (_, rows) => {
    await expect(trainTriageModel(rows, { seed: 1 })).rejects.toThrow(SignalboxError);
  });
});
