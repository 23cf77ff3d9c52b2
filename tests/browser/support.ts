import { existsSync, globSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { expect } from 'vitest';
import type { Interaction } from '../../src/api/contract/index.ts';
import type { TestServer } from '../support/server.ts';

const root = resolve(import.meta.dirname, '../..');

/** Builds the console when a source is newer than what was built: a test of an old page would prove nothing. */
export async function buildConsole(): Promise<void> {
  const built = resolve(root, 'console/dist/index.html');
  const sources = globSync(['console/**/*.{ts,tsx,css,html,js,svg}', 'src/{api/contract,ticket}/*.ts'], {
    cwd: root,
    exclude: (path) => path.includes('dist'),
  });
  const newest = Math.max(...sources.map((path) => statSync(resolve(root, path)).mtimeMs));
  if (existsSync(built) && statSync(built).mtimeMs >= newest) return;
  // Vitest says `test`, and React would then be built as for development: with every effect run twice.
  const { NODE_ENV: before } = process.env;
  process.env['NODE_ENV'] = 'production';
  try {
    await build({ configFile: resolve(root, 'console/vite.config.ts'), mode: 'production', logLevel: 'warn' });
  } finally {
    process.env['NODE_ENV'] = before;
  }
}

/** Debian's Chromium, silent: nothing of its own may go into the network. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Visit {
  readonly page: Page;
  /** Errors of the console and of scripts, so far. */
  readonly errors: string[];
  /** Requests to any other host than the server. */
  readonly foreign: string[];
  end(): Promise<void>;
}

export const phone = { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true } as const;

/** A new visitor with an empty storage, English unless said, who writes down what goes wrong. */
export async function visit(
  browser: Browser,
  server: Pick<TestServer, 'url'>,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: server.url,
    locale: 'en-GB',
    viewport: { width: 1440, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const errors: string[] = [];
  const foreign: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.host !== new URL(server.url).host) foreign.push(request.url());
  });
  return { page, errors, foreign, end: () => context.close() };
}

/** What axe finds, in words that name the place. Waits for fading to end: half-faded text has no contrast. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate('Promise.allSettled(document.getAnimations().map((a) => a.finished))');
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary ?? ''}`));
}

/** A look at what has the focus, as `textContent` or `dataset.row`. Expressions are text: the types of the DOM stay out
 * of a program that has none. */
export const focused = (page: Page, what: string): Promise<unknown> => page.evaluate(`document.activeElement?.${what}`);

/** How many pixels the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** What the server has stored, newest first. */
export async function storedInteractions(server: TestServer, limit = 200): Promise<Interaction[]> {
  const { status, body } = await server.call<{ items: Interaction[] }>('GET', `/interactions?limit=${limit}`);
  expect(status).toBe(200);
  return body.items;
}

/** Messages of every fate, told to the server as a program would. */
export async function sendMessages(server: TestServer, messages: readonly string[]): Promise<void> {
  for (const message of messages) {
    const { status } = await server.call('POST', '/answer', { message });
    expect(status).toBe(200);
  }
}

export const someMessages = [
  'How long does it take until a refund is back on my credit card?',
  'Wie lange bleibt mein Konto nach falschen Passwörtern gesperrt?',
  'Please let me talk to a real person, I am tired of forms.',
  'Wie wird am Samstag das Wetter in Leipzig?',
  'Where do I download my last invoice as a PDF?',
] as const;
