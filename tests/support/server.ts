import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, parseConfig } from '../../src/platform/index.ts';
import { type App, startApp } from '../../src/wiring.ts';
import { createTestDatabase } from './database.ts';

export interface TestServer {
  readonly app: App;
  readonly url: string;
  readonly databaseUrl: string;
  /** Sends JSON and reads JSON; the body of an error is the problem. */
  call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>;
  stop(): Promise<void>;
}

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/**
 * The whole server in this process, on a free port, with a database of its own. The starter model is trained
 * once a machine and kept in a folder below the system's temporary one. Every response is held against the
 * contract.
 */
export async function startTestServer(settings: Record<string, string> = {}): Promise<TestServer> {
  const database = settings['DATABASE_URL'] === undefined ? await createTestDatabase() : null;
  const dataFolder = join(tmpdir(), 'signalbox-test-data');
  const databaseUrl = settings['DATABASE_URL'] ?? database!.url;
  const config = parseConfig({
    PORT: '0',
    AUTO_SYNC_INTERVAL: '0',
    // The index comes in the background: with it, answers would depend on the moment. Tests of it ask for one.
    EMBEDDING_PROVIDER: 'none',
    LOG_LEVEL: 'fatal',
    SIGNALBOX_DATA: dataFolder,
    DATABASE_URL: databaseUrl,
    ...settings,
  });
  const app = await startApp(config, { log: createLog(config.LOG_LEVEL), checkResponses: true });
  return {
    app,
    url: app.url,
    databaseUrl,
    call: (method, path, body, headers) => callJson(app.url, { method, path, body, headers }),
    async stop() {
      await app.stop();
      await database?.drop();
    },
  };
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string> | undefined;
}

/** `body` given as a string is sent as it is. */
export async function callJson<T>(url: string, { method, path, body, headers }: Call): Promise<Answer<T>> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = (response.headers.get('content-type') ?? '').includes('json');
  return {
    status: response.status,
    body: (json && text !== '' ? JSON.parse(text) : text) as T,
    headers: response.headers,
  };
}

/** A folder of the test's own below the system's temporary one. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'signalbox-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
