import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseModel, serialiseModel } from '../../../src/ml/index.ts';
import { saveTriageModel, trainTriageModel } from '../../../src/triage/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { startTestServer } from '../../support/server.ts';
import { startServerProcess } from '../../support/server-process.ts';
import { createCli } from '../cli/run-cli.ts';

/** A server with a model of one's own (MODEL_FILE), and what is said of one that cannot be served. */
const cli = createCli();
const at = (name: string): string => join(cli.folder, name);

const texts = {
  Billing: [
    'the invoice shows a wrong amount',
    'auf der Rechnung steht ein falscher Betrag',
    'our VAT number is missing',
  ],
  Account: ['I forgot my password', 'ich kann mich nicht anmelden', 'the login code never arrives'],
};
const tickets = Array.from({ length: 60 }, (_, i) => {
  const category = i % 2 === 0 ? ('Billing' as const) : ('Account' as const);
  const [place] = [['today', 'seit gestern', 'again', 'wieder', 'on my phone'][i % 5]!];
  return { category, body: `${texts[category][i % 3]} ${place}, case ${i}` };
});

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const rows = tickets.map(({ category, body }) => `"${body}",${category}`);
  writeFileSync(at('own.csv'), `text,label\n${rows.join('\n')}\n`);
  const { code, words } = await cli.run(['train', 'own.csv', '--label', 'label', '--cv', '2', '--out', 'own.model']);
  if (code !== 0) throw new Error(words);
}, 120_000);
afterAll(async () => {
  await database?.drop();
  cli.remove();
});

const own = (): Buffer => readFileSync(at('own.model'));
const checksumOf = (file: Uint8Array): string => new TextDecoder().decode(file.subarray(file.length - 64));

async function foreignModel(): Promise<Uint8Array> {
  const rows = tickets.map(({ category, body }) => ({ subject: '', body, category: `Abteilung ${category}` }));
  return saveTriageModel(await trainTriageModel(rows, { seed: 1, folds: 2, variant: 'logreg' }));
}

async function olderModel(): Promise<Uint8Array> {
  const { createHash } = await import('node:crypto');
  const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const parsed = parseModel(own(), hash);
  if (!parsed.ok) throw new Error(parsed.reason);
  return serialiseModel(
    { header: { ...parsed.value.header, kind: 'triage-1' }, sections: parsed.value.sections },
    hash,
  );
}

describe('a model that `signalbox train` wrote', () => {
  it('serves, in both languages, and health names it', async () => {
    const server = await startTestServer({ MODEL_FILE: at('own.model'), DATABASE_URL: database.url });
    try {
      for (const { category, body } of [
        { category: 'Billing', body: 'The amount of my invoice is wrong' },
        { category: 'Account', body: 'Ich kann mich nicht anmelden' },
      ]) {
        const routed = await server.call('POST', '/route', { subject: body, body });
        expect(routed).toMatchObject({ status: 200, body: { category, model_used: 'union', abstained: false } });
      }
      const { body } = await server.call('GET', '/health');
      expect(body).toMatchObject({
        model_variant: 'union',
        components: { model: { status: 'ok', detail: `union ${checksumOf(own()).slice(0, 12)}` } },
      });
    } finally {
      await server.stop();
    }
  });

  it('is looked at by the doctor', async () => {
    expect(await doctor(at('own.model'))).toMatchObject({
      status: 'ok',
      detail: expect.stringContaining('2 categories'),
    });
  });
});

async function doctor(file: string) {
  const { rows } = await cli.run(['doctor', '--json'], { env: { MODEL_FILE: file } });
  return rows<{ name: string; status: string; detail: string }>().find(({ name }) => name === 'model');
}

describe('a model that cannot be served', () => {
  const cases: [string, () => Promise<Uint8Array | null>, RegExp][] = [
    ['is not there', async () => null, /There is no model .*Make one with: signalbox train/],
    ['knows foreign categories', foreignModel, /none of ours: Abteilung Account.*Ours are Billing, .*unset MODEL_FILE/],
    ['is of an older kind', olderModel, /case\.model cannot be used\. .*"triage-1".*"triage-\d".* Train again/],
    ['is of an older format', async () => own().fill(0, 8, 9), /case\.model cannot be used\. .*format 0.* Train again/],
    [
      'was altered',
      async () => own().fill(7, 5000, 5001),
      /case\.model cannot be used\. .*altered or damaged.* train it again/,
    ],
    ['is cut short', async () => own().subarray(0, 9000), /case\.model cannot be used\. .*cut short.* train it again/],
    [
      'is no model',
      async () => Buffer.from('text,label\n'),
      /case\.model cannot be used\. .*not a Signalbox model file/,
    ],
  ];

  it.each(cases)('because it %s is refused in words, by the start and by the doctor', async (_, make, words) => {
    const bytes = await make();
    const file = bytes === null ? at('nothing.model') : at('case.model');
    if (bytes !== null) writeFileSync(file, bytes);
    const starting = startTestServer({ MODEL_FILE: file, DATABASE_URL: database.url });
    await expect(starting).rejects.toMatchObject({ code: 'model-invalid', message: expect.stringMatching(words) });
    expect(await doctor(file)).toMatchObject({ status: 'problem', detail: expect.stringMatching(words) });
  });

  it('ends the program with one line and exit code 1', async () => {
    writeFileSync(at('case.model'), own().subarray(0, 9000));
    const settings = { SIGNALBOX_DATA: cli.dataFolder, DATABASE_URL: database.url, MODEL_FILE: at('case.model') };
    const message = await startServerProcess(settings).then(
      (server) => server.kill('SIGKILL').then(() => 'it started'),
      (error: Error) => error.message,
    );
    expect(message).toMatch(/ended with code 1: signalbox: The model .*cut short[^\n]*\n$/);
  });
});
