import { describe, expect, it } from 'vitest';
import { parseConfig } from './config.ts';
import { notYet, variables } from './variables.ts';

describe('parseConfig', () => {
  it('starts with nothing set: loopback, port 8000, no language model', () => {
    const config = parseConfig({});
    expect(config).toMatchObject({ HOST: '127.0.0.1', PORT: 8000, loopback: true, llmConfigured: false });
    expect(config.dataFolder).toMatch(/\/data$/);
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '70000'],
    ['PORT', '80.5'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['OPENAI_BASE_URL', 'localhost:11434'],
    ['AUTO_SYNC_INTERVAL', '-1'],
    ['MODEL_VARIANT', 'svm'],
    ['LOG_LEVEL', 'loud'],
    ['AI_DISCLOSURE', 'perhaps'],
    ['SIGNALBOX_ADMIN_KEY', 'short'],
    ['SIGNALBOX_ADMIN_KEY', 'ein-schlüssel-mit-umlaut'],
    ['SIGNALBOX_ADMIN_KEY', 'a key with some blanks'],
    ['SIGNALBOX_ADMIN_KEY', 'x'.repeat(201)],
  ])('refuses %s=%s in one line that names it', (name, value) => {
    expect(() => parseConfig({ [name]: value })).toThrow(new RegExp(`^${name}=`));
    try {
      parseConfig({ [name]: value });
    } catch (error) {
      expect((error as Error).message).not.toContain('\n');
    }
  });

  it.each([
    ['LLM_BUDGET_PER_HOUR', 'abc', 'must be a number'],
    ['PORT', '80.5', 'must be a whole number'],
    ['AUTO_SYNC_INTERVAL', '-1', 'must be at least 0'],
    ['PORT', '70000', 'may be at most 65535'],
    ['ANSWER_FORM', 'ihr', 'must be sie or du'],
    ['SIGNALBOX_ADMIN_KEY', 'short', 'must have at least 16 characters'],
  ])('says of %s=%s what it %s, without the names of types', (name, value, words) => {
    expect(() => parseConfig({ [name]: value })).toThrow(`is not valid: ${words}. `);
  });

  it('never prints a secret', () => {
    expect(() => parseConfig({ SIGNALBOX_ADMIN_KEY: 'short-secret' })).toThrow(/hidden/);
    expect(() => parseConfig({ SIGNALBOX_ADMIN_KEY: 'short-secret' })).not.toThrow(/short-secret/);
  });

  it('takes an empty value as not set', () => {
    expect(parseConfig({ DATABASE_URL: '', OPENAI_API_KEY: '  ' })).toMatchObject({ llmConfigured: false });
  });

  it('refuses an open address without an admin key and takes it with one', () => {
    expect(() => parseConfig({ HOST: '0.0.0.0' })).toThrow(/SIGNALBOX_ADMIN_KEY/);
    expect(parseConfig({ HOST: '0.0.0.0', SIGNALBOX_ADMIN_KEY: 'a-key-of-sixteen-' }).loopback).toBe(false);
  });

  it('takes the addresses of loopback as such, and no name that begins like one', () => {
    for (const HOST of ['127.0.0.1', '127.0.0.2', '::1', 'localhost'])
      expect(parseConfig({ HOST }).loopback).toBe(true);
    for (const HOST of ['127.evil.example', '127.0.0.1.evil.example', '127.', '127.1'])
      expect(() => parseConfig({ HOST }), HOST).toThrow(/SIGNALBOX_ADMIN_KEY/);
  });

  it.each(Object.keys(notYet))('refuses %s as not yet built', (name) => {
    expect(() => parseConfig({ [name]: 'x' })).toThrow(new RegExp(`^${name} is set.*not built yet`));
  });

  it('reads the key under both names', () => {
    expect(parseConfig({ OPENAI_SECRET: 'k' }).llmKey).toBe('k');
    expect(parseConfig({ OPENAI_SECRET: 'k', OPENAI_API_KEY: 'first' }).llmKey).toBe('first');
  });

  it('describes every variable', () => {
    for (const [name, variable] of Object.entries(variables)) expect(variable.about.length, name).toBeGreaterThan(20);
  });
});
