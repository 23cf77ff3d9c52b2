import { expect, it } from 'vitest';
import { startLlmServer } from '../../../tests/support/llm-server.ts';
import { checkServer } from './check-server.ts';
import { systemTiming } from './timing.ts';

const check = (baseUrl: string, model = 'scripted-1', key?: string) =>
  checkServer({ baseUrl, key, model, timing: systemTiming });

it('tells reachable, wrong key, unknown model, wrong address and gone apart', async () => {
  const server = await startLlmServer({ key: 'right', models: ['scripted-1', 'scripted-2'] });
  expect(await check(server.baseUrl, 'scripted-1', 'right')).toMatchObject({
    status: 'ok',
    models: ['scripted-1', 'scripted-2'],
  });
  expect(await check(`${server.baseUrl}/`, 'scripted-2', 'right')).toMatchObject({ status: 'ok' });
  const unknown = await check(server.baseUrl, 'other', 'right');
  expect(unknown.status).toBe('degraded');
  expect(unknown.detail).toContain('LLM_MODEL');
  const wrongKey = await check(server.baseUrl, 'scripted-1', 'wrong');
  expect(wrongKey.status).toBe('down');
  expect(wrongKey.detail).not.toContain('wrong');
  expect(await check(server.baseUrl.replace('/v1', ''), 'scripted-1', 'right')).toMatchObject({
    status: 'degraded',
    detail: expect.stringContaining('/v1'),
  });
  await server.close();
  expect(await check(server.baseUrl)).toMatchObject({ status: 'down', models: [] });
});

it('gives up after three seconds by the given clock', async () => {
  const server = await startLlmServer();
  const timing = { ...systemTiming, sleep: () => Promise.resolve() };
  expect(await checkServer({ baseUrl: server.baseUrl, key: undefined, model: 'm', timing })).toMatchObject({
    status: 'down',
    detail: expect.stringContaining('3 s'),
  });
  await server.close();
});
