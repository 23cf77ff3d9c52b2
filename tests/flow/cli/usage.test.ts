import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createCli } from './run-cli.ts';

const cli = createCli();
afterAll(() => cli.remove());

const commands = ['serve', 'triage', 'answer', 'train', 'evaluate', 'knowledge', 'keys', 'doctor', 'workflow'];

describe('help', () => {
  it('lists every command on stdout and ends with 0', async () => {
    const { code, out, words } = await cli.run(['--help']);
    expect({ code, words }).toEqual({ code: 0, words: '' });
    for (const command of commands) expect(out).toContain(`\n  ${command}`);
    expect(out).toContain('Exit code 0: done, 1: failed, 2: called wrongly');
  });

  it.each(commands)('%s --help shows how it is called', async (command) => {
    const { code, out } = await cli.run([command, '--help']);
    expect(code).toBe(0);
    expect(out).toContain(`Usage: signalbox ${command}`);
    expect(out).toMatch(/Examples?:\n {2}/);
  });

  it('prints the version', async () => {
    const { code, out } = await cli.run(['--version']);
    expect(code).toBe(0);
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('a wrong call', () => {
  it.each([
    ['an unknown command', ['traige', 'x.csv'], /unknown command 'traige'/],
    ['an unknown option', ['triage', 'x.csv', '--fast'], /unknown option '--fast'/],
    ['a missing file', ['triage'], /missing required argument 'file'/],
    ['one word too many', ['triage', 'a.csv', 'b.csv'], /too many arguments/],
    ['columns without a name', ['triage', 'x.csv', '--text', 'a,,b'], /Name columns as COLUMN or COLUMN,COLUMN/],
    ['a belief in something else', ['triage', 'x.csv', '--believe', 'queue'], /Only priority and language/],
    ['an unknown tone', ['answer', 'x', '--tone', 'rude'], /Allowed choices are professional/],
    ['an empty message', ['answer', '  '], /The message is empty/],
    ['a missing label', ['train', 'x.csv', '--out', 'm'], /--label <column>/],
    ['parts that are no number', ['train', 'x.csv', '--label', 'q', '--out', 'm', '--cv', '1'], /from 2 to 20/],
    ['an unknown scope', ['keys', 'add', 'x', '--scope', 'root'], /Allowed choices are admin/],
    ['a key without a name', ['keys', 'add', ' ', '--scope', 'agent'], /A name has 1 to 100/],
    ['a limit of zero', ['knowledge', 'search', 'x', '--limit', '0'], /from 1 to 50/],
    ['output onto the input', ['triage', 'x.csv', '--no-store', '--out', './x.csv'], /names the file that is read/],
  ])('%s ends with 2 and one line', async (_, words, expected) => {
    const result = await cli.run(words);
    expect(result.code).toBe(2);
    expect(result.out).toBe('');
    expect(result.words).toMatch(/^signalbox: [^\n]+\n$/);
    expect(result.words).toMatch(expected);
  });

  it('without any word shows the help on stderr', async () => {
    const { code, out, words } = await cli.run([]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(words).toContain('Usage: signalbox');
  });

  it('has started no database', () => {
    expect(existsSync(join(cli.dataFolder, 'postgres'))).toBe(false);
  });
});

describe('a wrong setting', () => {
  it('is one line that names it, and ends with 1', async () => {
    const { code, words } = await cli.run(['keys', 'list'], { env: { DATABASE_POOL: 'many' } });
    expect(code).toBe(1);
    expect(words).toMatch(/^signalbox: DATABASE_POOL="many" is not valid[^\n]*\n$/);
  });
});
