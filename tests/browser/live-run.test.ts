import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { hang, type LlmServer, startLlmServer } from '../support/llm-server.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { buildConsole, launchBrowser, type Visit, visit } from './support.ts';

let model: LlmServer;
let server: TestServer;
let browser: Browser;
let guest: Visit;

beforeAll(async () => {
  await buildConsole();
  model = await startLlmServer();
  [server, browser] = await Promise.all([
    startTestServer({ OPENAI_BASE_URL: model.baseUrl, LLM_MODEL: 'scripted-1', LLM_TIMEOUT_MS: '3000' }),
    launchBrowser(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await model?.close();
});
afterEach(async () => {
  await guest.end();
  expect(guest.foreign).toEqual([]);
});

const step = (page: Page, title: string) =>
  page.locator('main ol > li').filter({ has: page.getByRole('heading', { level: 3, name: title, exact: true }) });

const words = {
  en: {
    question: 'How long does a refund to PayPal take?',
    draft: 'Draft',
    machine: 'Machine',
    live: 'Being written, not checked yet',
    end: 'A person decides',
  },
  de: {
    question: 'Wie lange dauert eine Erstattung auf PayPal?',
    draft: 'Entwurf',
    machine: 'Maschine',
    live: 'Wird geschrieben, noch nicht geprüft',
    end: 'Ein Mensch entscheidet',
  },
} as const;

test.each(['en', 'de'] as const)(
  'a draft is shown while its judge still thinks, as unchecked (%s)',
  async (language) => {
    model.script('judge', hang());
    guest = await visit(browser, server, { locale: language === 'de' ? 'de-DE' : 'en-GB' });
    const { page } = guest;
    const said = words[language];
    await page.goto('/');
    await page.locator('textarea').fill(said.question);
    await page.locator('textarea').press('Control+Enter');
    const draft = step(page, said.draft);
    await draft.getByText(said.live).waitFor();
    const machine = draft.getByText(said.machine, { exact: true }).locator('..');
    await expect
      .poll(async () => ((await machine.textContent()) ?? '').length)
      .toBeGreaterThan(said.machine.length + 20);
    // A judge that gives nothing is no approval: what was shown goes to a person.
    await page.getByText(said.end).first().waitFor();
    expect(await page.getByText(said.live).count()).toBe(0);
  },
);
