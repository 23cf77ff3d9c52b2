import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = '';
  const stream = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  write(createLog('info', stream));
  return text;
}

describe('the log', () => {
  it.each(['body', 'subject', 'customer_email', 'email', 'authorization', 'answer', 'reply'])(
    'never holds %s, however deep it stands',
    (field) => {
      const secret = 'ana@example.com';
      const text = logged((log) => {
        log.info({ [field]: secret }, 'one');
        log.info({ request: { [field]: secret } }, 'two');
        log.info({ a: { b: { [field]: secret } } }, 'three');
      });
      expect(text).not.toContain(secret);
      expect(text.match(/not logged/g)).toHaveLength(3);
    },
  );

  it('tells of a database error its code and constraint, not the row that it quotes', () => {
    const error = Object.assign(new Error('duplicate key: Key (email)=(ana@example.com)'), {
      code: '23505',
      constraint: 'customers_email',
      detail: 'Key (email)=(ana@example.com)',
    });
    const text = logged((log) => log.error({ err: error }, 'failed'));
    expect(text).toContain('23505');
    expect(text).toContain('customers_email');
    expect(text).not.toContain('ana@example.com');
  });

  it('tells of an error that is no Error, as the job queue reports them, what it tells of others', () => {
    const { message, stack } = new Error('the connection ended for ana@example.com');
    const text = logged((log) => log.warn({ err: { message, stack, code: '57P01', queue: 'tickets' } }, 'failed'));
    expect(text).toContain('SQLSTATE 57P01');
    expect(text).toContain('log.test.ts');
    expect(text).not.toContain('ana@example.com');
    expect(logged((log) => log.warn({ err: { message: 'no answer' } }, 'failed'))).toContain('no answer');
    expect(logged((log) => log.warn({ err: 'ana@example.com' }, 'failed'))).not.toContain('ana@example.com');
  });

  it('does not tell in the stack what it leaves out of the message', () => {
    const error = Object.assign(new Error('invalid input syntax: "Hello,\n  at home I am\nana@example.com"'), {
      code: '22P02',
    });
    const text = logged((log) => log.error({ err: error }, 'failed'));
    expect(text).toContain('log.test.ts');
    expect(text).not.toMatch(/ana@example|at home/);
  });
});
