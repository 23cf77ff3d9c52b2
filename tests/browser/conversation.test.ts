import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { axeFindings, buildConsole, launchBrowser, overflow, phone, type Visit, visit } from './support.ts';

let server: TestServer;
let browser: Browser;
let guest: Visit;

beforeAll(async () => {
  await buildConsole();
  [server, browser] = await Promise.all([startTestServer({ CHAT_BURST_MS: '200' }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
afterEach(async () => {
  await guest.end();
  expect(guest.foreign).toEqual([]);
});

const words = {
  en: {
    locale: 'en-GB',
    message: 'How long does a refund to PayPal take?',
    field: 'Your message',
    machine: 'Machine',
    fact: /2 business days/,
    steps: 'How this answer came about',
    person: 'I want to talk to a person, please.',
    silent: /A person has this conversation/,
    passedOn: /the message has arrived/,
    again: 'New conversation',
  },
  de: {
    locale: 'de-DE',
    message: 'Wie lange dauert eine Erstattung auf PayPal?',
    field: 'Ihre Nachricht',
    machine: 'Maschine',
    fact: /2 Werktage/,
    steps: 'Wie diese Antwort entstanden ist',
    person: 'Ich möchte bitte mit einem Menschen sprechen.',
    silent: /Ein Mensch hat dieses Gespräch/,
    passedOn: /die Nachricht ist angekommen/,
    again: 'Neues Gespräch',
  },
} as const;

test.each(['en', 'de'] as const)('a conversation from the first word to a person (%s)', async (language) => {
  const said = words[language];
  guest = await visit(browser, server, { locale: said.locale });
  const { page } = guest;
  await page.goto('/ui/conversation');
  const field = page.getByLabel(said.field);
  await page.locator('button[type=submit]:not([aria-disabled])').waitFor();
  await field.fill(said.message);
  await field.press('Enter');
  await page.locator('main li').getByText(said.fact).first().waitFor();
  await page.getByText(said.steps).click();
  await page.getByText(said.machine, { exact: true }).first().waitFor();
  expect(await axeFindings(page)).toEqual([]);

  // A reload shows the same conversation and goes on with it.
  await page.reload();
  await page.locator('main li').getByText(said.fact).first().waitFor();
  await page.getByLabel(said.field).fill(said.person);
  await page.getByLabel(said.field).press('Enter');
  await page.getByText(said.silent).waitFor();
  // What the system says by itself is the machine's word, not the team's.
  await page.getByLabel(said.field).fill('…');
  await page.getByLabel(said.field).press('Enter');
  const passedOn = page.locator('main li').filter({ hasText: said.passedOn });
  await passedOn.waitFor();
  expect(await passedOn.getByText(said.machine, { exact: true }).count()).toBe(1);

  await page.getByRole('button', { name: said.again }).click();
  await expect.poll(() => page.locator('main ol[aria-labelledby=said] > li').count()).toBe(0);
  expect(guest.errors).toEqual([]);
});

test('on a phone nothing is wider than the screen, and a lost server keeps what is typed', async () => {
  const own = await startTestServer({ CHAT_BURST_MS: '200' });
  guest = await visit(browser, own, phone);
  const { page } = guest;
  await page.goto('/ui/conversation');
  await page.getByLabel('Your message').fill('Can I pay by bank transfer?');
  await own.stop();
  await page.getByText(/The connection is lost/).waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).tap({ force: true });
  expect(await page.getByLabel('Your message').inputValue()).toBe('Can I pay by bank transfer?');
  expect(await overflow(page)).toBe(0);
});
