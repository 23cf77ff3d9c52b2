import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDraft } from '../llm/check-draft.ts';
import { readDraft } from '../llm/read-draft.ts';
import { readExamples } from './read-prompt-file.ts';
import { promptLanguages } from './values.ts';

describe.each(promptLanguages)('the examples of the drafts (%s)', (language) => {
  const { examples } = readExamples(join(import.meta.dirname, `examples.${language}.yaml`));
  const pairs = Object.entries(examples).flatMap(([name, list]) =>
    list.map((pair, i) => [`${name} ${i}`, pair] as const),
  );

  it('are two for each category at least', () => {
    for (const [name, list] of Object.entries(examples))
      if (name !== 'default') expect(list.length, name).toBeGreaterThan(1);
  });

  it.each(pairs)('%s would pass the checks that every draft has to pass', (_, { message, passages, reply }) => {
    const { problems, citations } = checkDraft(readDraft(reply), {
      subject: '',
      message,
      language,
      fence: 'no-fence',
      passages: passages.map((text, i) => ({
        chunkId: `${i}`,
        documentId: 'd',
        document: 'd',
        heading: 'h',
        text,
        position: i,
        language,
        category: null,
        score: 1,
      })),
    });
    expect(problems).toEqual([]);
    expect(citations.length).toBeGreaterThan(0);
  });
});
