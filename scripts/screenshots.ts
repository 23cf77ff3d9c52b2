/**
 * Pictures of every page into docs/screenshots, from a running server: `node scripts/screenshots.ts [address]`.
 * It sends the console's own examples first, so take a server with a data folder that may be thrown away:
 * `SIGNALBOX_DATA=$(mktemp -d) PORT=8001 npm start`.
 */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const address = process.argv[2] ?? 'http://127.0.0.1:8000';
const folder = resolve(import.meta.dirname, '../docs/screenshots');

const wide = { viewport: { width: 1440, height: 900 } };
const looks: Readonly<Record<string, BrowserContextOptions>> = {
  light: { ...wide, colorScheme: 'light', locale: 'en-GB' },
  dark: { ...wide, colorScheme: 'dark', locale: 'en-GB' },
  german: { ...wide, colorScheme: 'light', locale: 'de-DE' },
  phone: {
    viewport: { width: 360, height: 780 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    colorScheme: 'light',
    locale: 'de-DE',
  },
};

/** What a customer writes, and a word of the reply. */
const conversation = {
  en: [
    ['How long does a refund to PayPal take?', '2 business days'],
    ['I want to talk to a person, please.', 'a person will answer'],
  ],
  de: [
    ['Wie lange dauert eine Erstattung auf PayPal?', '2 Werktage'],
    ['Ich möchte bitte mit einem Menschen sprechen.', 'antworten wird'],
  ],
} as const;

const pages: Readonly<Record<string, (page: Page, german: boolean) => Promise<void>>> = {
  async try(page, german) {
    await page.goto('/');
    await page.getByRole('button', { name: german ? 'Konto gesperrt' : 'When is the refund here?' }).click();
    await page.locator('textarea').press('Control+Enter');
    await page
      .getByText(german ? 'Quelle der Antwort' : 'Source of the answer')
      .first()
      .waitFor();
    // The pointer and the focus away from the form: the picture is of the page, not of a visit.
    await page.locator('textarea').blur();
  },
  async 'try-empty'(page) {
    await page.goto('/');
    await page.locator('textarea').waitFor();
  },
  async conversation(page, german) {
    await page.goto('/ui/conversation');
    await page.locator('button[type=submit]:not([aria-disabled])').waitFor();
    for (const [words, reply] of conversation[german ? 'de' : 'en']) {
      await page.locator('textarea').fill(words);
      await page.locator('textarea').press('Enter');
      await page.locator('main li').getByText(reply).first().waitFor();
    }
    await page.locator('textarea').blur();
    await page.evaluate('scrollTo(0, 0)');
  },
  async interactions(page) {
    await page.goto('/ui/interactions');
    await page.locator('tbody tr').first().waitFor();
  },
  async interaction(page, german) {
    await page.goto('/ui/interactions');
    await page.locator('tbody tr').nth(2).click();
    await page.getByRole('heading', { level: 3, name: german ? 'Entscheidung' : 'Decision' }).waitFor();
  },
};

/** Every example once, as a visitor would, so that the list shows every fate of a message. */
async function sendExamples(browser: Browser): Promise<void> {
  const page = await browser.newPage({ baseURL: address, locale: 'en-GB' });
  await page.goto('/');
  const examples = page.getByRole('region', { name: 'Examples' }).getByRole('button');
  await examples.first().waitFor();
  for (let round = 0; round < 2; round++)
    for (const example of await examples.all()) {
      await example.click();
      const answered = page.waitForResponse((response) => response.url().endsWith('/trace'));
      await page.locator('textarea').press('Control+Enter');
      await answered;
    }
  await page.close();
}

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
});
try {
  await sendExamples(browser);
  for (const [look, options] of Object.entries(looks))
    for (const [name, open] of Object.entries(pages)) {
      const context = await browser.newContext({ baseURL: address, ...options });
      const page = await context.newPage();
      await open(page, options.locale === 'de-DE');
      await page.mouse.move(0, 0);
      await page.evaluate('Promise.allSettled(document.getAnimations().map((a) => a.finished))');
      const path = resolve(folder, `${name}-${look}.png`);
      await page.screenshot({ path });
      console.log(path);
      await context.close();
    }
} finally {
  await browser.close();
}
