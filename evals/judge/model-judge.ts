import { judgeWithModel, loadPrompts, randomFence } from '../../src/answering/index.ts';
import { openLlm } from '../../src/open-llm.ts';
import { type Config, createLog, createMetrics, type Database } from '../../src/platform/index.ts';
import type { JudgeVerdict, Passage } from '../../src/ticket/index.ts';
import type { JudgeCase } from './cases.ts';

/**
 * The judge by language model as the product asks it: the same prompt, masking, time-out and budget.
 * @throws Error when none is configured.
 */
export function openModelJudge(config: Config, database: Database) {
  const { llm } = openLlm(config, { database, metrics: createMetrics(), log: createLog('error') });
  if (llm === null) throw new Error('no language model is configured');
  const tools = { llm, prompts: loadPrompts(), newFence: randomFence };
  return (one: JudgeCase, passages: readonly Passage[]): Promise<JudgeVerdict> =>
    judgeWithModel(tools, {
      subject: '',
      message: one.question,
      language: one.language,
      passages,
      reply: one.reply,
    });
}
