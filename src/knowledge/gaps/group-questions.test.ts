import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../ticket/index.ts';
import { mostCentral, placeQuestions, type Question } from './group-questions.ts';
import { likeness, partsOfQuestion, rarityIn, sameFrom } from './question-likeness.ts';

/** Written for this test: lines are groups. */
const asked = {
  en: [
    [
      'Can I connect Quillhaven to Salesforce?',
      'How do I connect Quillhaven with our Salesforce?',
      'Is there a Salesforce connector?',
      'We use Salesforce. Can it be connected?',
    ],
    [
      'Do you deliver to Norway?',
      'Is delivery to Norway possible?',
      'Can you deliver the Panel to an address in Norway?',
    ],
    ['Where is the dark mode?', 'Is there a dark mode in Quillhaven?', 'How do I turn on dark mode?'],
    ['How do I donate my old device?', 'Can I donate an old device somewhere?'],
    ['What is the boiling point of water?'],
  ],
  de: [
    [
      'Kann ich Quillhaven mit Salesforce verbinden?',
      'Wie verbinde ich Quillhaven mit Salesforce?',
      'Gibt es eine Salesforce-Anbindung?',
    ],
    ['Liefern Sie nach Norwegen?', 'Ist eine Lieferung nach Norwegen möglich?', 'Liefert ihr auch nach Norwegen?'],
    ['Wo ist der Dunkelmodus?', 'Gibt es einen Dunkelmodus?', 'Wie schalte ich den Dunkelmodus ein?'],
    ['Kann ich mein altes Gerät spenden?', 'Wohin kann ich ein altes Gerät spenden?'],
    ['Bei welcher Temperatur kocht Wasser?'],
  ],
} as const;

const questionsOf = (language: keyof typeof asked): (Question & { truth: number })[] =>
  asked[language].flatMap((group, truth) =>
    group.map((text, i) => ({ id: `${language}-${truth}-${i}`, text, language: language as Language, truth })),
  );
function ids(): () => string {
  let n = 0;
  return () => `g${n++}`;
}

describe.each(['en', 'de'] as const)('questions in %s', (language) => {
  const questions = questionsOf(language);

  it('that ask the same stand together, whatever the order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(questions, { minLength: questions.length }), async (shuffled) => {
        const placed = await placeQuestions(shuffled, [], ids());
        const pairs = placed.flatMap((a, i) => placed.slice(i + 1).map((b) => [a, b] as const));
        const truth = new Map(questions.map((q) => [q.id, q.truth]));
        const wrong = pairs.filter(
          ([a, b]) => a.group === b.group && truth.get(a.question.id) !== truth.get(b.question.id),
        );
        expect(wrong.map(([a, b]) => [a.question.text, b.question.text])).toEqual([]);
        expect(new Set(placed.map((p) => p.group)).size).toBeLessThanOrEqual(asked[language].length + 3);
      }),
      { numRuns: 30 },
    );
  });

  it('stay where they are when new ones come', async () => {
    const newId = ids();
    const first = await placeQuestions(questions.slice(0, 5), [], newId);
    const groups = [...new Set(first.map((p) => p.group))].map((id) => ({
      id,
      questions: first.filter((p) => p.group === id).map((p) => p.question),
    }));
    const later = await placeQuestions(questions.slice(5), groups, newId);
    expect(later.map((p) => p.question.id)).toEqual(questions.slice(5).map((q) => q.id));
    const again = await placeQuestions([{ ...questions[0]!, id: 'again' }], groups, newId);
    expect(again).toEqual([expect.objectContaining({ group: first[0]!.group, isNew: false })]);
  });
});

it('goes to the question most like it, as comparing with each says', async () => {
  const word = fc.constantFrom(
    'panel',
    'invoice',
    'password',
    'delivery',
    'norway',
    'salesforce',
    'device',
    'discount',
  );
  const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 8 }), text, async (known, fresh) => {
      const of = (t: string, i: number) => ({ id: `${i}`, text: t, language: 'en' as const });
      const groups = known.map((t, i) => ({ id: `g${i}`, questions: [of(t, i)] }));
      const [placed] = await placeQuestions([of(fresh, 99)], groups, () => 'new');
      const parts = [...known, fresh].map((t) => partsOfQuestion(t, 'en'));
      const likes = parts.slice(0, -1).map((p) => likeness(parts.at(-1)!, p, rarityIn(parts)));
      const most = Math.max(...likes);
      if (Math.abs(most - sameFrom) < 1e-9) return;
      if (most < sameFrom) expect(placed!.group).toBe('new');
      else expect(likes[Number(placed!.group.slice(1))]).toBeCloseTo(most, 9);
    }),
  );
});

it('languages are kept apart', async () => {
  const text = 'Salesforce Connector';
  const placed = await placeQuestions(
    [
      { id: 'a', text, language: 'en' },
      { id: 'b', text, language: 'de' },
    ],
    [],
    ids(),
  );
  expect(placed.map((p) => p.isNew)).toEqual([true, true]);
});

it('the most central question names the group', () => {
  expect(mostCentral(questionsOf('en').slice(0, 4)).text).toMatch(/connect/);
  const one = { id: 'x', text: 'Hm?', language: 'en' as const };
  expect(mostCentral([one])).toBe(one);
});
