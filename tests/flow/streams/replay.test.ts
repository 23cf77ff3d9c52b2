import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { type Cli, createCli } from '../cli/run-cli.ts';

let server: TestServer;
let cli: Cli;
beforeAll(async () => {
  server = await startTestServer();
  cli = createCli();
}, 120_000);
afterAll(async () => {
  cli?.remove();
  await server?.stop();
});

const write = (name: string, lines: readonly string[]) => {
  const path = join(cli.folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
};
const stored = async () => (await server.call<{ tickets_routed: number }>('GET', '/stats')).body.tickets_routed;

describe('signalbox stream replay', () => {
  it('sends a file over the socket, at its rate, and says how it went', async () => {
    const rows = Array.from({ length: 60 }, (_, i) =>
      i % 2 === 0
        ? `R-${i},Charged twice,I was charged twice for order ${i}`
        : `R-${i},Absturz,Die App stürzt ab (${i})`,
    );
    const file = write('good.csv', ['ticket_id,subject,body', ...rows]);
    const { code, out, words } = await cli.run([
      'stream',
      'replay',
      file,
      '--rate',
      '40',
      '--url',
      server.url,
      '--json',
    ]);
    expect(words).toBe('');
    expect(code).toBe(0);
    const summary = JSON.parse(out) as Record<string, number>;
    expect(summary).toMatchObject({ sent: 60, classified: 60, errors: 0, bad_rows: 0, unanswered: 0 });
    // 60 at 40 a second: never quicker.
    expect(summary['seconds']).toBeGreaterThanOrEqual(1.4);
    expect(await stored()).toBe(60);
  }, 60_000);

  it('counts bad and refused rows, names them, and fails', async () => {
    const file = write('bad.csv', [
      'ticket_id,subject,body',
      'R-1,Other,Other words under an id that was used',
      ',,',
      'R-99,Hi,Where is it?',
    ]);
    const { code, out, words } = await cli.run([
      'stream',
      'replay',
      file,
      '--url',
      server.url,
      '--to',
      'http',
      '--json',
    ]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ sent: 2, classified: 1, errors: 1, bad_rows: 1 });
    expect(words).toMatch(/R-1: The ticket_id "R-1" was used/);
    expect(words).toMatch(/line 3/);
  }, 60_000);

  it('says in one line that no server is there, or that Kafka is not named', async () => {
    const file = write('one.csv', ['subject,body', 'Hi,Where is it?']);
    const away = await cli.run(['stream', 'replay', file, '--url', 'http://127.0.0.1:9']);
    expect(away.code).toBe(1);
    expect(away.words).toMatch(/^signalbox: Nothing answers at ws:\/\/127\.0\.0\.1:9\/stream\..*\n$/);
    const kafka = await cli.run(['stream', 'replay', file, '--to', 'kafka']);
    expect(kafka.code).toBe(2);
    expect(kafka.words).toMatch(/KAFKA_BROKERS/);
  }, 60_000);
});
