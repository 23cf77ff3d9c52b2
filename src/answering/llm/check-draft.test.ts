import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Passage } from '../../ticket/index.ts';
import { readExamples } from '../prompts/read-prompt-file.ts';
import { checkDraft } from './check-draft.ts';
import { readDraft } from './read-draft.ts';

const folder = join(import.meta.dirname, '../prompts');

/** What we show the model as right must be right by the rules that its own draft is held to. */
it.each(['en', 'de'] as const)('finds nothing wrong with the examples of the prompts (%s)', (language) => {
  const { examples } = readExamples(join(folder, `examples.${language}.yaml`));
  const pairs = Object.values(examples).flat();
  expect(pairs.length).toBeGreaterThanOrEqual(10);
  for (const { message, passages, reply } of pairs) {
    const sources = passages.map((text, i): Passage => {
      const place = { chunkId: `${i}`, documentId: '1', document: 'D', heading: 'H', position: i };
      return { ...place, text, language, category: null, score: 1 };
    });
    const known = { passages: sources, subject: '', message, language, fence: 'fence-of-test' };
    const { problems, citations } = checkDraft(readDraft(reply), known);
    expect(problems, reply).toEqual([]);
    for (const { quote } of citations) expect(passages.some((p) => p.includes(quote))).toBe(true);
  }
});
