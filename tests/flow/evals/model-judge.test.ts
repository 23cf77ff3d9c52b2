import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { goodJudgement, json, type LlmServer, serverError, startLlmServer } from '../../support/llm-server.ts';

/** `node evals/judge/judge-agreement.ts --llm`: the protocol alone; what a real model says of the cases is not known. */
const root = resolve(import.meta.dirname, '../../..');
const script = join(root, 'evals/judge/judge-agreement.ts');
const run = promisify(execFile);
let model: LlmServer;
beforeAll(async () => {
  model = await startLlmServer();
});
afterAll(() => model?.close());
beforeEach(() => model.script('judge'));

/** Without what the shell that runs the tests has set of a model. */
const environment = (own: Record<string, string>) => {
  const bare = Object.entries(process.env).filter(([name]) => !/^(?:OPENAI|LLM)_/.test(name));
  return { ...Object.fromEntries(bare), ...own };
};

it('says that no model is configured, and ends with 2', async () => {
  const failed = run(process.execPath, [script, '--llm'], { cwd: root, env: environment({}) });
  await expect(failed).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('OPENAI_BASE_URL') });
});

it('asks the model for each case; a judge that fails is counted by reason and has let nothing through', async () => {
  model.script('judge', json(goodJudgement), json(goodJudgement), serverError(500));
  const args = [script, '--llm', '--half', 'tuning', '--limit', '4'];
  const env = environment({ OPENAI_BASE_URL: model.baseUrl, LLM_MODEL: 'scripted-1', LLM_TIMEOUT_MS: '2000' });
  const { stdout } = await run(process.execPath, args, { cwd: root, env });
  const { kind, tuning } = JSON.parse(stdout);
  expect(kind).toBe('scripted-1');
  const { all } = tuning.judge;
  expect(all.n).toBe(4);
  const passed = [all.good_passed, all.poor_passed].map((told: string) => Number.parseInt(told, 10));
  expect(passed[0]! + passed[1]!).toBe(2);
  expect(Object.values(tuning.failures)).toEqual([2]);
  expect(model.requests.every(({ purpose }) => purpose === 'judge')).toBe(true);
}, 180_000);
