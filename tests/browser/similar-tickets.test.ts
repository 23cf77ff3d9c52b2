import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type NeighboursModel, writeNeighboursModel } from '../support/neighbours-model.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { axeFindings, buildConsole, launchBrowser, overflow, phone, type Visit, visit } from './support.ts';

/** A model that compares with its training tickets, one of which has a word without end. */
let model: NeighboursModel;
let server: TestServer;
let browser: Browser;
let guest: Visit;

beforeAll(async () => {
  await buildConsole();
  const subject = `Erstattung ${'Kreditkartenabrechnungs'.repeat(4)}`;
  model = await writeNeighboursModel([{ subject, body: 'Die Erstattung fehlt.', category: 'Billing' }]);
  [server, browser] = await Promise.all([startTestServer({ MODEL_FILE: model.file }), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  model?.remove();
});
afterEach(async () => {
  await guest.end();
  expect(guest.foreign).toEqual([]);
  expect(guest.errors).toEqual([]);
});

const words = {
  'en-GB': [
    'Message',
    /Send message/,
    'What can be read off the text',
    /Similar tickets/,
    /^Billing, similarity \d+\s%$/,
  ],
  'de-DE': [
    'Nachricht',
    /Nachricht senden/,
    'Was sich am Text ablesen lässt',
    /Ähnliche Tickets/,
    /^Abrechnung, Ähnlichkeit \d+\s%$/,
  ],
} as const;

test.each([
  ['en-GB', 'light', {}],
  ['en-GB', 'dark', phone],
  ['de-DE', 'dark', {}],
  ['de-DE', 'light', phone],
] as const)('topics and similar tickets stand below the run, in %s, %s', async (locale, colorScheme, size) => {
  const [field, send, title, heading, alike] = words[locale];
  guest = await visit(browser, server, { locale, colorScheme, ...size });
  const { page } = guest;
  await page.goto('/');
  await page
    .getByLabel(field)
    .fill('Die Erstattung für meine Rechnung fehlt, die Abrechnung der Kreditkarte stimmt nicht.');
  await page.getByRole('button', { name: send }).click();
  await page.getByText(title).click();
  const facts = page.locator('details', { hasText: title });
  await facts.getByRole('heading', { name: heading }).waitFor();
  const similar = facts.locator('section', { has: page.getByRole('heading', { name: heading }) }).getByRole('listitem');
  expect(await similar.count()).toBe(3);
  expect(await similar.first().locator('span').textContent()).toMatch(alike);
  expect(await similar.first().textContent()).toContain('Erstattung Kreditkarten');
  const topics = facts.getByRole('definition').filter({ has: page.locator('ul') });
  expect(await topics.first().textContent()).toMatch(/^\p{L}+, \p{L}+.* \(\d+\s%\)/u);
  expect(await overflow(page)).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
});
