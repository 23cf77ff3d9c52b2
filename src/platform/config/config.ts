import { existsSync, readFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { z } from 'zod';
import { SignalboxError } from '../../ticket/index.ts';
import { priceOf } from '../llm/spending/prices.ts';
import type { Variable } from './schemas.ts';
import { notYet, variables } from './variables.ts';

type Variables = typeof variables;
type Values = {
  [K in keyof Variables]: Variables[K] extends { default: string }
    ? z.output<Variables[K]['schema']>
    : z.output<Variables[K]['schema']> | undefined;
};

export interface Config extends Values {
  /** OPENAI_API_KEY or OPENAI_SECRET. */
  readonly llmKey: string | undefined;
  readonly llmConfigured: boolean;
  /** Absolute path of the data folder. */
  readonly dataFolder: string;
  /** True when HOST is a loopback address: no credentials are asked for. */
  readonly loopback: boolean;
}

/** Values of `.env` in `folder`; the environment goes before them. */
export function readEnvironment(folder: string): Record<string, string | undefined> {
  const file = resolve(folder, '.env');
  if (!existsSync(file)) return { ...process.env };
  return { ...parseEnv(readFileSync(file, 'utf8')), ...process.env };
}

/** The variables among `names` that are set, for programs that we start: they get these and no others. */
export function inheritEnvironment(names: readonly string[]): Record<string, string> {
  const set = names.map((name) => [name, process.env[name]]).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as Record<string, string>;
}

/**
 * Checks every variable. An empty value counts as not set.
 * @throws `config-invalid` with one line that names the first wrong variable and what it should be.
 */
export function parseConfig(env: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, v]) => v !== undefined && v.trim() !== '')) as Record<
    string,
    string
  >;
  for (const [name, part] of Object.entries(notYet)) {
    if (name in set)
      throw new SignalboxError('config-invalid', `${name} is set, but ${part} is not built yet. Unset it to start.`);
  }
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(variables) as [string, Variable][])
    values[name] = parseVariable(name, variable, set[name]);
  return derive(values as Values);
}

function parseVariable(name: string, variable: Variable, given: string | undefined): unknown {
  const value = given?.trim() ?? variable.default;
  if (value === undefined) return undefined;
  const parsed = variable.schema.safeParse(value, { error: wordsOf });
  if (parsed.success) return parsed.data;
  const shown = variable.secret === true ? '(hidden)' : JSON.stringify(value);
  throw new SignalboxError(
    'config-invalid',
    `${name}=${shown} is not valid: ${parsed.error.issues[0]?.message ?? 'wrong value'}. ${variable.about}`,
  );
}

/** For who types a variable: no names of types. A message that a variable has of its own goes before. */
function wordsOf(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_value') return `must be ${issue.values.map(String).join(' or ')}`;
  if (issue.code === 'invalid_type') return issue.expected === 'int' ? 'must be a whole number' : 'must be a number';
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}`;
  return issue.code === 'too_big' ? `may be at most ${issue.maximum}` : undefined;
}

function derive(values: Values): Config {
  // A name that only begins with 127. may be any machine.
  const loopback =
    ['::1', 'localhost'].includes(values.HOST) || (isIPv4(values.HOST) && values.HOST.startsWith('127.'));
  if (!loopback && values.SIGNALBOX_ADMIN_KEY === undefined) {
    throw new SignalboxError(
      'config-invalid',
      `HOST=${JSON.stringify(values.HOST)} can be reached by others; set SIGNALBOX_ADMIN_KEY (16 characters or more) or use 127.0.0.1.`,
    );
  }
  if (
    values.LLM_COST_PER_HOUR !== undefined &&
    priceOf(values.LLM_PRICES ?? new Map(), values.LLM_MODEL, '') === null
  ) {
    throw new SignalboxError(
      'config-invalid',
      `LLM_COST_PER_HOUR is set, but LLM_PRICES has no price for ${values.LLM_MODEL}. Add it, or set LLM_BUDGET_PER_HOUR, which counts tokens.`,
    );
  }
  const llmKey = values.OPENAI_API_KEY ?? values.OPENAI_SECRET;
  checkEmbedding(values, llmKey);
  return {
    ...values,
    llmKey,
    llmConfigured: llmKey !== undefined || values.OPENAI_BASE_URL !== undefined,
    dataFolder: resolve(values.SIGNALBOX_DATA),
    loopback,
  };
}

function checkEmbedding(
  { EMBEDDING_PROVIDER, EMBEDDING_MODEL, OPENAI_BASE_URL }: Values,
  key: string | undefined,
): void {
  const needs =
    EMBEDDING_PROVIDER === 'onnx' && EMBEDDING_MODEL === undefined
      ? 'EMBEDDING_MODEL, the folder of a model'
      : EMBEDDING_PROVIDER === 'openai' && OPENAI_BASE_URL === undefined && key === undefined
        ? 'OPENAI_BASE_URL or OPENAI_API_KEY'
        : null;
  if (needs !== null)
    throw new SignalboxError(
      'config-invalid',
      `EMBEDDING_PROVIDER=${EMBEDDING_PROVIDER} needs ${needs}. Set it, or use EMBEDDING_PROVIDER=builtin, which needs nothing.`,
    );
}
