import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { type DatabaseFindings, inspectDatabase } from '../inspect-database.ts';
import type { KnowledgeStatus } from '../knowledge/index.ts';
import { openAnswering } from '../open-answering.ts';
import { loadModelFile, requireKnownCategories } from '../open-triage-model.ts';
import { documentsFolder } from '../paths.ts';
import { type Config, createLlm, findBinaries, type Log } from '../platform/index.ts';
import { readTaxonomy, starterModelIn } from '../starter.ts';
import { SignalboxError } from '../ticket/index.ts';

export interface Check {
  readonly name: string;
  readonly status: 'ok' | 'attention' | 'problem';
  /** What was found and, unless all is well, what to do. */
  readonly detail: string;
}

type Found = Omit<Check, 'name'>;
const ok = (detail: string): Found => ({ status: 'ok', detail });
const attention = (detail: string): Found => ({ status: 'attention', detail });
const problem = (detail: string): Found => ({ status: 'problem', detail });

const named = (name: string, found: Found): Check => ({ name, ...found });

export function checkNode(version = process.versions.node): Check {
  const [major, minor] = version.split('.').map(Number) as [number, number];
  const recent = major > 22 || (major === 22 && minor >= 18);
  const words = `${version} on ${process.platform}-${process.arch}`;
  return named('Node', recent ? ok(words) : problem(`${words} is too old; 22.18 or newer runs Signalbox.`));
}

const megabyte = 1024 * 1024;

/** Writable by this user, with room for the database. */
export function checkFolder({ dataFolder }: Config): Check {
  let standing = dataFolder;
  while (!existsSync(standing) && dirname(standing) !== standing) standing = dirname(standing);
  const elsewhere = 'or choose another with SIGNALBOX_DATA.';
  if (!statSync(standing).isDirectory())
    return named('data folder', problem(`${standing} is a file, not a folder; move it away, ${elsewhere}`));
  try {
    accessSync(standing, constants.W_OK | constants.X_OK);
  } catch {
    return named(
      'data folder',
      problem(`${standing} may not be written by this user; give it to the user, ${elsewhere}`),
    );
  }
  const { bavail, bsize } = statfsSync(standing);
  const free = Math.floor((bavail * bsize) / megabyte);
  const words = `${dataFolder}${standing === dataFolder ? '' : ' (made at the first start)'}, ${free.toLocaleString('en')} MB free`;
  if (free < 200) return named('data folder', problem(`${words}; free some, a new database takes 100 MB.`));
  return named('data folder', free < 1_000 ? attention(`${words}, which is little; free some.`) : ok(words));
}

const origins = {
  DATABASE_URL: 'the one of DATABASE_URL',
  running: 'run by the Signalbox that is running',
  own: 'our own',
} as const;

/** The database, and what it says of the knowledge. */
export async function checkDatabase(config: Config, log: Log): Promise<Check[]> {
  try {
    const found = await inspectDatabase(config, log);
    if (found === null) {
      findBinaries();
      if (checkFolder(config).status === 'problem')
        return [named('database', attention('none yet; it can be made when the data folder is mended'))];
      return [named('database', ok('our own PostgreSQL is installed; the database is made at the first start'))];
    }
    return [named('database', describeDatabase(found)), named('knowledge', describeKnowledge(found, config))];
  } catch (error) {
    return [named('database', problem(databaseWords(error, config)))];
  }
}

function databaseWords(error: unknown, config: Config): string {
  if (config.DATABASE_URL !== undefined) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = (cause as { code?: string }).code ?? (cause instanceof Error ? cause.message : String(cause));
    return `the one of DATABASE_URL cannot be reached (${reason}). Start it, correct DATABASE_URL, or unset it to use Signalbox's own.`;
  }
  return error instanceof Error ? error.message : String(error);
}

function describeDatabase({ version, milliseconds, whose }: DatabaseFindings): Found {
  const words = `PostgreSQL ${version}, ${origins[whose]}, answers in ${milliseconds.toFixed(1)} ms`;
  return Number.parseInt(version, 10) < 15 ? problem(`${words}; version 15 or newer is needed.`) : ok(words);
}

function describeKnowledge({ knowledge }: DatabaseFindings, config: Config): Found {
  const folder = documentsFolder(config);
  if (config.DOCUMENTS_PATH !== undefined && !existsSync(folder))
    return problem(`DOCUMENTS_PATH names ${folder}, which does not exist; correct it.`);
  if (knowledge === null || knowledge.documents === 0)
    return attention(`empty, so every question goes to a person; the next start loads ${folder}.`);
  const words = `${knowledge.documents} documents, ${knowledge.chunks} passages`;
  const [first] = knowledge.stale;
  if (first === undefined) return describeWarnings(knowledge, words);
  return attention(`${words}; ${knowledge.stale.length} could not be read, first ${first.source}: ${first.problem}`);
}

function describeWarnings({ warnings }: KnowledgeStatus, words: string): Found {
  const [first] = warnings;
  if (first === undefined) return ok(words);
  const more = warnings.length === 1 ? '' : ` and ${warnings.length - 1} more`;
  return attention(`${words}; to be looked at: ${first.source}${more}. ${first.warning}`);
}

export function checkModel(config: Config): Check {
  try {
    const file = config.MODEL_FILE ?? starterModelIn(config);
    if (config.MODEL_FILE === undefined && !existsSync(file))
      return named('model', attention('none yet; it is trained at the next start, in some seconds.'));
    return lookAtModel(file, config);
  } catch (error) {
    // The configuration itself stands in the way.
    return named('model', problem(error instanceof Error ? error.message : String(error)));
  }
}

function lookAtModel(file: string, config: Config): Check {
  try {
    const model = loadModelFile(file);
    const { version, variant, classes, metrics } = model;
    if (config.MODEL_FILE !== undefined) requireKnownCategories(model, readTaxonomy());
    const share = (100 * metrics.accuracy).toFixed(0);
    const words = `${variant} ${version}, ${classes.length} categories, ${share} % right on ${metrics.rows} unseen tickets`;
    return named('model', ok(words));
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return named(
      'model',
      config.MODEL_FILE === undefined ? attention(`${words} It is trained anew at the next start.`) : problem(words),
    );
  }
}

/** Templates and prompts, read and tried as the start does it. */
export function checkAnswering(config: Config): Check {
  const name = 'answers';
  try {
    openAnswering(config, readTaxonomy(), null);
    const own = (['TEMPLATES_PATH', 'PROMPTS_PATH'] as const).filter((variable) => config[variable] !== undefined);
    return named(name, ok(own.length === 0 ? 'our templates and prompts' : `your own of ${own.join(' and ')}`));
  } catch (error) {
    return named(name, problem(error instanceof Error ? error.message : String(error)));
  }
}

export async function checkLlm(config: Config, log: Log): Promise<Check> {
  const name = 'language model';
  if (!config.llmConfigured)
    return named(name, ok('none configured; answers are composed from the knowledge (OPENAI_BASE_URL adds one)'));
  const llm = createLlm({
    baseUrl: config.OPENAI_BASE_URL,
    key: config.llmKey,
    model: config.LLM_MODEL,
    timeoutMs: config.LLM_TIMEOUT_MS,
    log,
    onCall: () => undefined,
  });
  const { status, detail, milliseconds } = await llm.check();
  if (status === 'ok') return named(name, ok(`${detail} (${milliseconds.toFixed(0)} ms)`));
  const words = `${detail} Until then every answer that needs it goes to a person.`;
  return named(name, status === 'down' ? problem(words) : attention(detail));
}

export async function checkPort({ HOST, PORT }: Config): Promise<Check> {
  const name = 'port';
  if (PORT === 0) return named(name, ok('a free one is taken'));
  const code = await tryToListen(HOST, PORT);
  if (code === null) return named(name, ok(`${PORT} on ${HOST} is free`));
  if (code !== 'EADDRINUSE')
    return named(name, problem(`${HOST}:${PORT} cannot be listened on (${code}). Choose another HOST or PORT.`));
  const signalbox = await isSignalbox(HOST, PORT);
  return named(
    name,
    signalbox
      ? ok(`${PORT} on ${HOST} is held by a Signalbox that is running`)
      : problem(`${PORT} on ${HOST} is in use by another program. Stop it, or choose another port with PORT=8001.`),
  );
}

/** null when it can be listened on, else the code of the error. */
function tryToListen(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}

async function isSignalbox(host: string, port: number): Promise<boolean> {
  try {
    const address = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
    const response = await fetch(`http://${address.includes(':') ? `[${address}]` : address}:${port}/health`, {
      signal: AbortSignal.timeout(3_000),
    });
    return 'circuit_breaker' in ((await response.json()) as object);
  } catch {
    return false;
  }
}

/** A wrong variable: nothing else can be looked at. */
export function checkConfiguration(error: unknown): Check {
  if (!(error instanceof SignalboxError)) throw error;
  return named('configuration', problem(error.message));
}
