import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createCli } from './run-cli.ts';

const cli = createCli();
afterAll(() => cli.remove());

interface Check {
  readonly name: string;
  readonly status: 'ok' | 'attention' | 'problem';
  readonly detail: string;
}

async function doctor(env: Record<string, string> = {}) {
  const { code, rows, words } = await cli.run(['doctor', '--json'], { env });
  return { code, words, checks: new Map(rows<Check>().map((c) => [c.name, c])) };
}

describe('doctor', () => {
  it('looks at a folder without a database and makes none', async () => {
    const { code, checks, words } = await doctor();
    expect(code).toBe(0);
    const names = ['Node', 'data folder', 'database', 'model', 'answers', 'search model', 'language model', 'port'];
    expect([...checks.keys()]).toEqual(names);
    expect(checks.get('search model')).toMatchObject({ status: 'ok', detail: expect.stringMatching(/^none: .*words/) });
    expect(checks.get('database')).toMatchObject({
      status: 'ok',
      detail: expect.stringContaining('made at the first start'),
    });
    expect(words).toBe('Nothing stands in the way.\n');
  });

  it('sees the database and an empty knowledge after the first command', async () => {
    await cli.run(['keys', 'list']);
    const { code, checks } = await doctor();
    expect(code).toBe(0);
    expect(checks.get('database')!.detail).toMatch(/PostgreSQL 18\.\d+, our own/);
    expect(checks.get('knowledge')).toMatchObject({
      status: 'attention',
      detail: expect.stringContaining('the next start loads'),
    });
  });

  it('tries the templates and prompts as the start does, and names the variable of a folder that is none', async () => {
    const { code, checks } = await doctor({ TEMPLATES_PATH: join(cli.folder, 'nowhere') });
    expect(code).toBe(1);
    expect(checks.get('answers')).toMatchObject({
      status: 'problem',
      detail: expect.stringMatching(/^TEMPLATES_PATH names .*nowhere, which is no folder\. Name a complete copy/),
    });
    const prompts = await doctor({ PROMPTS_PATH: cli.folder });
    expect(prompts.checks.get('answers')!.detail).toContain('examples.en.yaml');
  });

  it('names a port that another program holds, and ends with 1', async () => {
    const other = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { code, checks, words } = await doctor({ PORT: String((other.address() as AddressInfo).port) });
    other.close();
    expect(code).toBe(1);
    expect(checks.get('port')).toMatchObject({
      status: 'problem',
      detail: expect.stringContaining('in use by another program'),
    });
    expect(words).toBe('1 to be mended.\n');
  });

  it('names a database and a language model that cannot be reached', async () => {
    const { code, checks } = await doctor({
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      OPENAI_BASE_URL: 'http://127.0.0.1:1/v1',
    });
    expect(code).toBe(1);
    expect(checks.get('database')).toMatchObject({
      status: 'problem',
      detail: expect.stringContaining('ECONNREFUSED'),
    });
    expect(checks.get('language model')).toMatchObject({
      status: 'problem',
      detail: expect.stringContaining('cannot be reached'),
    });
  });

  it('names a wrong setting and a data folder that is a file', async () => {
    const wrong = await doctor({ PORT: 'abc' });
    expect(wrong.code).toBe(1);
    expect(wrong.checks.get('configuration')!.detail).toContain('PORT="abc" is not valid');
    writeFileSync(join(cli.folder, 'taken'), 'x');
    const folder = await doctor({ SIGNALBOX_DATA: join(cli.folder, 'taken', 'data') });
    expect(folder.code).toBe(1);
    expect(folder.checks.get('data folder')).toMatchObject({ status: 'problem' });
    const itself = await doctor({ SIGNALBOX_DATA: join(cli.folder, 'taken') });
    expect(itself.code).toBe(1);
    expect(itself.checks.get('data folder')).toMatchObject({
      status: 'problem',
      detail: expect.stringMatching(/taken is a file, not a folder; .*SIGNALBOX_DATA/),
    });
    expect(itself.checks.get('database')).toMatchObject({
      status: 'attention',
      detail: expect.stringContaining('when the data folder is mended'),
    });
    expect(itself.words).toBe('1 to be mended.\n');
  });

  it('is a table for the eye, without colours where there is no terminal', async () => {
    const { out } = await cli.run(['doctor']);
    expect(out).toMatch(/^ok {9}Node {12}\S/);
    expect(out).not.toContain('\u001b');
  });
});

describe('keys', () => {
  it('shows a key once, lists names without it, revokes it once', async () => {
    const made = await cli.run(['keys', 'add', 'Schalter 3', '--scope', 'agent']);
    expect(made.code).toBe(0);
    expect(made.out).toMatch(/^sbx_[\w-]{43}\n$/);
    expect(made.words).not.toContain(made.out.trim());
    const listed = await cli.run(['keys', 'list', '--json']);
    expect(listed.rows()).toEqual([
      { name: 'Schalter 3', scope: 'agent', created_at: expect.any(String), revoked_at: null },
    ]);
    expect(await cli.run(['keys', 'add', 'Schalter 3', '--scope', 'admin'])).toMatchObject({
      code: 1,
      out: '',
      words: expect.stringContaining('There is a key named'),
    });
    expect((await cli.run(['keys', 'revoke', 'Schalter 3'])).code).toBe(0);
    expect((await cli.run(['keys', 'list'])).out).toMatch(/Schalter 3 +agent .* revoked/);
    expect(await cli.run(['keys', 'revoke', 'Schalter 3'])).toMatchObject({
      code: 1,
      words: expect.stringContaining('no valid key named'),
    });
  });
});

describe('workflow', () => {
  it('draws every step from the code', async () => {
    const { code, out } = await cli.run(['workflow', '--mermaid']);
    expect(code).toBe(0);
    expect(out).toMatch(/^flowchart LR\n/);
    for (const step of ['intake', 'triage', 'knowledge', 'answering', 'policy', 'routing']) expect(out).toContain(step);
  });
});
