import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import {
  buildConsole,
  focused,
  launchBrowser,
  phone,
  sendMessages,
  someMessages,
  storedInteractions,
  type Visit,
  visit,
} from './support.ts';

let server: TestServer;
let browser: Browser;
let guest: Visit;

beforeAll(async () => {
  await buildConsole();
  [server, browser] = await Promise.all([startTestServer(), launchBrowser()]);
  // More than one page of 50.
  await sendMessages(
    server,
    Array.from({ length: 11 }, (_, round) => someMessages.map((message) => `${message} (${round + 1})`)).flat(),
  );
  // A good answer that the rules leave to a person: no guardrail is the reason.
  await sendMessages(server, [`${someMessages[4]} This is extremely urgent, production is down!`]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
afterEach(async () => {
  await guest.end();
  expect(guest.errors).toEqual([]);
  expect(guest.foreign).toEqual([]);
});

const rows = (page: Page) => page.locator('tbody tr');
const focusedRow = (page: Page): Promise<unknown> => focused(page, 'dataset.row');
const query = (page: Page) => new URL(page.url()).searchParams;

/** `2026-11-20` on this machine's calendar, which is the browser's too. */
const localDay = (at: Date): string =>
  [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((n) => String(n).padStart(2, '0')).join('-');

async function open(address = '/ui/interactions'): Promise<Page> {
  guest = await visit(browser, server);
  await guest.page.goto(address);
  await rows(guest.page).first().waitFor();
  return guest.page;
}

describe('the list', () => {
  test('shows what is stored, newest first, and loads more', async () => {
    const page = await open();
    const stored = await storedInteractions(server);
    expect(await rows(page).count()).toBe(50);
    expect(await rows(page).first().textContent()).toContain(stored[0]?.message);
    await page.getByRole('button', { name: 'Load more' }).click();
    await rows(page).nth(54).waitFor();
    expect(await rows(page).count()).toBe(stored.length);
    expect(await rows(page).last().textContent()).toContain(stored.at(-1)?.message);
    // The address knows how long the list is.
    await page.waitForURL(/pages=2/);
    await page.reload();
    await rows(page).nth(54).waitFor();
    expect(await page.getByRole('button', { name: 'Load more' }).count()).toBe(0);
  });

  test('filters stand in the address and survive a reload', async () => {
    const page = await open();
    const stored = await storedInteractions(server);
    const wanted = stored.filter((i) => i.guardrail_action === 'PERSON_REQUESTED_ESCALATE');
    await page.getByLabel('Guardrail', { exact: true }).selectOption('PERSON_REQUESTED_ESCALATE');
    await page.getByText(`${wanted.length} messages`).waitFor();
    await page.getByLabel('Search', { exact: true }).fill('(7)');
    await page.getByText('1 message', { exact: true }).waitFor();
    const today = localDay(new Date());
    await page.getByLabel('From').fill(today);
    await page.getByRole('button', { name: `Remove filter From ${today}` }).waitFor();
    expect(Object.fromEntries(query(page))).toEqual({ q: '(7)', action: 'PERSON_REQUESTED_ESCALATE', from: today });

    await page.reload();
    await rows(page).first().waitFor();
    expect(await rows(page).count()).toBe(1);
    expect(await page.getByLabel('Search', { exact: true }).inputValue()).toBe('(7)');
    expect(await page.getByLabel('Guardrail', { exact: true }).inputValue()).toBe('PERSON_REQUESTED_ESCALATE');

    await page.getByRole('button', { name: 'Remove filter Text: (7)' }).click();
    await page.getByText(`${wanted.length} messages`).waitFor();
    expect(query(page).has('q')).toBe(false);
    expect(await page.getByLabel('Search', { exact: true }).inputValue()).toBe('');
  });

  test('filters by category as the server does', async () => {
    const page = await open();
    const stored = await storedInteractions(server);
    const category = stored[0]?.category ?? '';
    await page.getByLabel('Category', { exact: true }).selectOption(category);
    const expected = stored.filter((i) => i.category === category).length;
    await page.getByText(new RegExp(`^${expected} messages?$`)).waitFor();
    expect(query(page).get('category')).toBe(category);
  });

  test('says when nothing fits and how to get everything back', async () => {
    guest = await visit(browser, server);
    const { page } = guest;
    await page.goto('/ui/interactions?q=nowhere-to-be-found');
    await page.getByText('No message fits these filters').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await rows(page).first().waitFor();
    expect([...query(page)]).toEqual([]);
  });

  test('ignores what an address may not hold', async () => {
    const page = await open('/ui/interactions?action=NONSENSE&from=2026-99-99&pages=-3');
    expect(await rows(page).count()).toBe(50);
  });
});

test('the CSV has the same filters', async () => {
  const page = await open('/ui/interactions?action=PERSON_REQUESTED_ESCALATE&q=(7)');
  const link = page.getByRole('link', { name: 'Download CSV' });
  expect(await link.getAttribute('href')).toBe('/interactions.csv?action=PERSON_REQUESTED_ESCALATE&q=%287%29');
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toBe('interactions.csv');
  const text = await (await fetch(`${server.url}${await link.getAttribute('href')}`)).text();
  expect(
    text
      .trim()
      .split('\n')
      .filter((line) => line.includes('(7)')),
  ).toHaveLength(1);
  expect(text).not.toContain('(8)');
});

describe('by keyboard', () => {
  test('J and K walk, Enter opens, J goes on, Esc gives the focus back', async () => {
    const page = await open();
    const stored = await storedInteractions(server);
    await page.keyboard.press('j');
    expect(await focusedRow(page)).toBe(stored[0]?.interaction_id);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    expect(await focusedRow(page)).toBe(stored[1]?.interaction_id);

    await page.keyboard.press('Enter');
    const pane = page.getByRole('complementary', { name: 'Message' });
    await pane.getByRole('heading', { name: 'Decision' }).waitFor();
    expect(await pane.textContent()).toContain(stored[1]?.message);
    await page.keyboard.press('j');
    await pane.getByText(stored[2]?.message ?? '', { exact: true }).waitFor();
    expect(query(page).get('open')).toBe(stored[2]?.interaction_id);

    await page.keyboard.press('Escape');
    await pane.waitFor({ state: 'detached' });
    await page.locator(`[data-row="${stored[2]?.interaction_id}"]:focus`).waitFor();
  });

  test('/ goes to the search and ? lists the keys; letters are letters where one types', async () => {
    const page = await open();
    await page.keyboard.press('/');
    await page.keyboard.type('jk?');
    expect(await page.getByLabel('Search', { exact: true }).inputValue()).toBe('jk?');
    await page.getByLabel('Search', { exact: true }).fill('');
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    await dialog.getByText('Next row').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('single letters can be switched off', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Display' }).click();
    await page.getByLabel('Single letters as commands').uncheck();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('j');
    expect(await focusedRow(page)).toBeUndefined();
  });
});

describe('the outcome', () => {
  const sizes = { wide: {}, phone } as const;
  const reasons: Readonly<Record<string, string>> = {
    PERSON_REQUESTED_ESCALATE: 'Möchte einen Menschen',
    'decided by confidence-at-threshold': 'Konfidenz zu niedrig',
    'decided by no-reason-for-a-person': 'Sache für einen Menschen',
  };

  test.each(Object.keys(sizes) as (keyof typeof sizes)[])(
    '%s: whoever got it, the list says so and why',
    async (size) => {
      guest = await visit(browser, server, { ...sizes[size], locale: 'de-DE' });
      const { page } = guest;
      await page.goto('/ui/interactions');
      await rows(page).first().waitFor();
      const stored = (await storedInteractions(server)).slice(0, 50);
      const reviewed = stored.filter((i) => i.review_id !== null);
      expect(reviewed.length).toBeGreaterThan(0);
      expect(reviewed.length).toBeLessThan(stored.length);
      // Nothing spoke against the answer, and yet the rules gave it to a person.
      expect(reviewed.filter((i) => i.guardrail_action === 'OK').length).toBeGreaterThan(0);
      for (const [index, { review_id, guardrail_action, guardrail_notes }] of stored.entries()) {
        const shows = (words: string) =>
          rows(page).nth(index).getByText(words, { exact: true }).filter({ visible: true }).count();
        expect(await shows('Ein Mensch')).toBe(review_id === null ? 0 : 1);
        expect(await shows('Beantwortet')).toBe(review_id === null ? 1 : 0);
        const why = reasons[guardrail_action === 'OK' ? (guardrail_notes.at(-1) ?? '') : guardrail_action];
        if (why !== undefined) expect(await shows(why)).toBe(1);
      }
    },
  );
});

describe('one message', () => {
  test('is shown with every step and its trace, and the address leads back to it', async () => {
    const page = await open();
    const stored = await storedInteractions(server);
    await rows(page).nth(1).click();
    const pane = page.getByRole('complementary', { name: 'Message' });
    await pane.getByRole('heading', { name: 'Decision' }).waitFor();
    const trace = await pane.getByRole('link', { name: 'Trace as JSON' }).getAttribute('href');
    expect(trace).toBe(`/tickets/${stored[1]?.ticket_id}/trace`);
    expect((await fetch(`${server.url}${trace}`)).status).toBe(200);
    await page.reload();
    await pane.getByRole('heading', { name: 'Decision' }).waitFor();
    expect(await pane.textContent()).toContain(stored[1]?.final_answer);
  });

  test('lies over the list on a phone and closes by touch', async () => {
    guest = await visit(browser, server, phone);
    const { page } = guest;
    await page.goto('/ui/interactions');
    await rows(page).nth(1).tap();
    const dialog = page.getByRole('dialog', { name: 'Message' });
    await dialog.getByRole('heading', { name: 'Decision' }).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).tap();
    await dialog.waitFor({ state: 'detached' });
    expect(query(page).has('open')).toBe(false);
  });
});

test('before the first message it says what will be here', async () => {
  const empty = await startTestServer();
  try {
    guest = await visit(browser, empty);
    await guest.page.goto('/ui/interactions');
    await guest.page.getByText('No messages yet').waitFor();
    await guest.page.getByRole('main').getByRole('link', { name: 'Try a message' }).click();
    await guest.page.getByRole('heading', { level: 1, name: 'Try a message' }).waitFor();
  } finally {
    await empty.stop();
  }
});

test('a list that cannot be loaded offers another try', async () => {
  guest = await visit(browser, server);
  const { page, errors } = guest;
  await page.goto('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.context().setOffline(true);
  await page.getByRole('link', { name: 'Interactions' }).click();
  await page.getByRole('alert').getByText('Signalbox cannot be reached').waitFor();
  await page.context().setOffline(false);
  // The browser itself reports the failed request; that is not ours.
  errors.length = 0;
  await page.getByRole('button', { name: 'Try again' }).click();
  await rows(page).first().waitFor();
});
