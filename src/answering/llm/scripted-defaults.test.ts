import { expect, it } from 'vitest';
import { de, en, startAnsweringModel } from '../../../tests/support/answering-model.ts';
import type { Purpose } from '../../../tests/support/llm-server.ts';
import { decideWithModel } from './decide-with-model.ts';
import { draftWithModel } from './draft-with-model.ts';
import { judgeWithModel } from './judge-with-model.ts';

it('runs through with no script at all: the defaults of the server fit our prompts', async () => {
  const bare = await startAnsweringModel();
  const tools = bare.tools({});
  for (const context of [de, en]) {
    expect(await decideWithModel(tools, context)).toMatchObject({ ok: true });
    const drafted = await draftWithModel(tools, {
      ...context,
      category: 'Billing',
      tone: 'friendly',
      form: 'du',
    });
    expect(drafted).toMatchObject({ ok: true, problems: [] });
    expect(drafted.ok && drafted.draft.citations[0]!.quote).toBe(context.passages[0].text.split('. ')[0]!.concat('.'));
    expect(await judgeWithModel(tools, { ...context, reply: 'x' })).toMatchObject({ failure: null });
  }
  expect(bare.server.requests.map((r): Purpose => r.purpose)).toEqual([
    ...['decision', 'draft', 'judge'],
    ...['decision', 'draft', 'judge'],
  ]);
  await bare.close();
});
