import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { buildConsole, focused, launchBrowser, phone, storedInteractions, type Visit, visit } from './support.ts';

let server: TestServer;
let browser: Browser;
let guest: Visit;

beforeAll(async () => {
  await buildConsole();
  [server, browser] = await Promise.all([startTestServer(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
afterEach(async () => {
  await guest.end();
  expect(guest.foreign).toEqual([]);
});

const titles = {
  en: ['Intake', 'Triage', 'Knowledge', 'Draft', 'Judge', 'Guardrail', 'Decision', 'Routing', 'What the customer gets'],
  de: [
    'Eingang',
    'Einordnung',
    'Wissen',
    'Entwurf',
    'Bewertung',
    'Schutzregel',
    'Entscheidung',
    'Zuweisung',
    'Was der Kunde bekommt',
  ],
};
const stepTitles = (page: Page): Promise<string[]> => page.locator('main ol > li > div h3').allTextContents();
const step = (page: Page, title: string) =>
  page.locator('main ol > li').filter({ has: page.getByRole('heading', { level: 3, name: title, exact: true }) });

/** The checks stand there: the result and not the list of steps under way. */
const decided = (page: Page, title = 'Decision'): Promise<void> =>
  step(page, title).getByRole('listitem').first().waitFor();

describe('a message tried to its end', () => {
  test('in English, from an example', async () => {
    guest = await visit(browser, server);
    const { page } = guest;
    await page.goto('/');
    await page.getByRole('button', { name: 'When is the refund here?' }).click();
    await page.getByRole('button', { name: /Send message/ }).click();
    await decided(page);
    expect(await stepTitles(page)).toEqual(titles.en);

    const [stored] = await storedInteractions(server);
    expect(stored?.message).toBe(await page.getByLabel('Message').inputValue());
    expect(await step(page, 'Intake').textContent()).toContain('English, detected with');
    expect(await step(page, 'Triage').textContent()).toContain(stored?.category);
    for (const word of ['Urgency', 'Priority', 'Department', 'Sentiment'])
      expect(await step(page, 'Triage').textContent()).toContain(word);
    expect(await step(page, 'Knowledge').locator('details').count()).toBe(stored?.kb_hits.length);
    expect(await step(page, 'Guardrail').textContent()).toContain(stored?.guardrail_action);
    // The checks come from the trace: they prove that the verdicts are read as the server writes them.
    expect(await step(page, 'Decision').getByRole('listitem').count()).toBeGreaterThan(3);
    expect(await step(page, 'What the customer gets').textContent()).toContain(stored?.final_answer);
    expect(guest.errors).toEqual([]);
  });

  test('in German, with the console in German', async () => {
    guest = await visit(browser, server, { locale: 'de-DE' });
    const { page } = guest;
    await page.goto('/ui');
    await page.getByLabel('Nachricht').fill('Wie lange bleibt mein Konto nach falschen Passwörtern gesperrt?');
    await page.getByLabel('Betreff').fill('Konto gesperrt');
    await page.getByLabel('Tonfall').selectOption({ label: 'Freundlich' });
    await page.getByRole('button', { name: /Nachricht senden/ }).click();
    await decided(page, 'Entscheidung');
    expect(await stepTitles(page)).toEqual(titles.de);

    const [stored] = await storedInteractions(server);
    expect(stored?.language).toBe('de');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await step(page, 'Was der Kunde bekommt').locator('p[lang=de]').textContent()).toBe(stored?.final_answer);
    expect(await step(page, 'Entwurf').textContent()).toContain('freundlich');
    // Every check is told in German: no sentence of the server stands there.
    expect(await step(page, 'Entscheidung').locator('[lang=en]').allTextContents()).toEqual([]);
    expect(await step(page, 'Entscheidung').textContent()).toContain('für Konto');
    expect(await step(page, 'Bewertung').locator('p[lang=en]').textContent()).toBe(stored?.judge_reasoning);
    expect(guest.errors).toEqual([]);
  });

  test('a number in the draft jumps to the quote', async () => {
    guest = await visit(browser, server);
    const { page } = guest;
    await page.goto('/');
    await page.getByRole('button', { name: 'When is the refund here?' }).click();
    await page.getByLabel('Message').press('Control+Enter');
    await decided(page);
    const [stored] = await storedInteractions(server);
    expect(stored?.citations.length).toBeGreaterThan(0);
    await page.getByRole('button', { name: /^Source 1: / }).click();
    expect(await focused(page, 'textContent')).toContain(stored?.citations[0]?.quote.replaceAll('*', ''));
  });

  test.each([
    ['en-GB', /Send message/, 'Message', 'What can be read off the text', 'something does not work'],
    ['de-DE', /Nachricht senden/, 'Nachricht', 'Was sich am Text ablesen lässt', 'etwas funktioniert nicht'],
  ])('what can be read off the text opens, in %s, and shows no card', async (locale, send, field, title, pattern) => {
    guest = await visit(browser, server, { locale });
    const { page } = guest;
    await page.goto('/');
    await page
      .getByLabel(field)
      .fill('Rechnung RE-2024-001: Karte 4111 1111 1111 1111 funktioniert nicht, app does not work.');
    await page.getByRole('button', { name: send }).click();
    await page.getByText(title).click();
    const facts = page.locator('details', { hasText: title });
    await facts.getByText(pattern).waitFor();
    const shown = await facts.textContent();
    expect(shown).toContain('RE-2024-001');
    expect(shown).toContain('•••• 1111');
    expect(shown).not.toContain('4111');
    expect(guest.errors).toEqual([]);
  });

  test('a wish for a person goes to one, and the page says so', async () => {
    guest = await visit(browser, server);
    const { page } = guest;
    await page.goto('/');
    await page.getByRole('button', { name: 'Let me talk to somebody' }).click();
    await page.getByLabel('Message').press('Control+Enter');
    await step(page, 'Decision').getByText('A person decides').waitFor();
    const reply = await step(page, 'What the customer gets').textContent();
    const [stored] = await storedInteractions(server);
    expect(stored?.guardrail_action).toBe('PERSON_REQUESTED_ESCALATE');
    expect(reply).toContain('Word that a person takes over');
    expect(reply).toContain(stored?.final_answer);
  });
});

describe('the form', () => {
  test('works by keyboard alone', async () => {
    guest = await visit(browser, server);
    const { page } = guest;
    await page.goto('/');
    await page.getByRole('heading', { name: 'Try a message' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page, 'textContent')).toBe('Skip to the page');
    await page.keyboard.press('Enter');
    expect(await focused(page, 'id')).toBe('main');
    // Past the examples, the subject, into the message.
    for (let i = 0; i < 20; i++) {
      await page.keyboard.press('Tab');
      if ((await focused(page, 'tagName')) === 'TEXTAREA') break;
    }
    await page.keyboard.type('Can I pay by bank transfer?');
    await page.keyboard.press('Control+Enter');
    await decided(page);
    expect(await focused(page, 'tagName')).toBe('TEXTAREA');
    expect(guest.errors).toEqual([]);
  });

  test('says what is wrong beside the field, also in the folded part, and sends nothing', async () => {
    guest = await visit(browser, server);
    const { page } = guest;
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/answer/stream')) sent.push(request.url());
    });
    await page.goto('/');
    await page.getByRole('button', { name: /Send message/ }).click();
    await page.getByText('Write a message first.').waitFor();
    expect(await focused(page, 'tagName')).toBe('TEXTAREA');

    await page.getByLabel('Message').fill('Hello, where is my invoice?');
    await page.getByText('More', { exact: true }).click();
    await page.getByLabel('Customer e-mail').fill('no address');
    await page.getByText('More', { exact: true }).click();
    await page.getByRole('button', { name: /Send message/ }).click();
    await page.getByText('This is not an e-mail address').waitFor();
    expect(await focused(page, 'name')).toBe('email');
    expect(sent).toEqual([]);
  });

  test('keeps its words over a look at another page and a reload', async () => {
    guest = await visit(browser, server);
    const { page } = guest;
    await page.goto('/');
    await page.getByLabel('Message').fill('Half a thought');
    await page.getByRole('link', { name: 'Interactions' }).click();
    await page.getByRole('heading', { level: 1, name: 'Interactions' }).waitFor();
    await page.getByRole('link', { name: 'Try', exact: true }).click();
    expect(await page.getByLabel('Message').inputValue()).toBe('Half a thought');
    await page.reload();
    expect(await page.getByLabel('Message').inputValue()).toBe('Half a thought');
  });

  test('an example that replaces own words gives them back', async () => {
    guest = await visit(browser, server);
    const { page } = guest;
    await page.goto('/');
    await page.getByLabel('Message').fill('My own words');
    await page.getByRole('button', { name: 'Nobody can work' }).click();
    expect(await page.getByLabel('Message').inputValue()).toContain('Payroll');
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await page.getByLabel('Message').inputValue()).toBe('My own words');
  });
});

describe('while it takes', () => {
  test('the steps are listed as under way, none as done', async () => {
    guest = await visit(browser, server);
    const { page } = guest;
    const gate = Promise.withResolvers<void>();
    await page.route('**/answer/stream', async (route) => {
      await gate.promise;
      await route.continue();
    });
    await page.goto('/');
    await page.getByLabel('Message').fill('Where is the server located?');
    await page.getByLabel('Message').press('Control+Enter');
    await page.getByText('Under way.').first().waitFor();
    expect(await stepTitles(page)).toEqual(titles.en);
    expect(await page.locator('main ol > li svg').count()).toBe(0);
    // A second press while it is on its way sends nothing more.
    await page.getByLabel('Message').press('Control+Enter');
    const before = (await storedInteractions(server)).length;
    gate.resolve();
    await decided(page);
    expect((await storedInteractions(server)).length).toBe(before + 1);
  });

  test('on a phone the result comes into view', async () => {
    guest = await visit(browser, server, phone);
    const { page } = guest;
    await page.goto('/');
    await page.getByLabel('Message').fill('How many users fit into the Starter plan?');
    await page.getByRole('button', { name: 'Send message' }).tap();
    await step(page, 'Intake').waitFor();
    const title = page.getByRole('heading', { name: 'What Signalbox does with it' });
    expect((await title.boundingBox())?.y).toBeLessThan(phone.viewport.height);
    expect(await page.locator('kbd:visible').count()).toBe(0);
  });
});

test('with the server down it says so, keeps the words, and sends them once it is back', async () => {
  const own = await startTestServer();
  guest = await visit(browser, own);
  const { page } = guest;
  await page.goto('/');
  await page.getByLabel('Message').fill('Is there a discount for schools?');
  await own.stop();
  await page.getByLabel('Message').press('Control+Enter');
  const alert = page.getByRole('alert');
  await alert.getByText('Signalbox cannot be reached').waitFor();
  expect(await page.getByLabel('Message').inputValue()).toBe('Is there a discount for schools?');

  const again = await startTestServer({ PORT: new URL(own.url).port });
  try {
    await alert.getByRole('button', { name: 'Try again' }).click();
    await decided(page);
    expect(await alert.count()).toBe(0);
    expect(await storedInteractions(again)).toHaveLength(1);
  } finally {
    await again.stop();
  }
});
