import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Liquid, Template } from 'liquidjs';
import { parse } from 'yaml';
import { z } from 'zod';
import { SignalboxError } from '../../ticket/index.ts';
import { type PromptId, promptIds, promptLanguages, promptVariables } from './values.ts';

const frontMatter = z.strictObject({
  id: z.enum(promptIds),
  language: z.enum(promptLanguages),
  version: z.int().min(1),
  about: z.string().min(10),
});

export interface PromptFile extends z.output<typeof frontMatter> {
  readonly system: Template[];
  readonly prompt: Template[];
  /** SHA-256 of the file, with line ends as on Unix. */
  readonly digest: string;
}

const example = z.strictObject({
  message: z.string().min(5),
  passages: z.array(z.string().min(5)).min(1),
  reply: z.string().min(5),
});
/** Category → pairs; `default` goes with every category. */
const exampleFile = z.looseObject({ default: z.array(example) }).catchall(z.array(example));
export type Example = z.output<typeof example>;
export type Examples = Readonly<Record<string, readonly Example[]>>;

/**
 * Reads one prompt: front matter, then the parts `<!-- system -->` and `<!-- prompt -->`.
 * @throws SignalboxError `config-invalid` that names the file and what is wrong with it.
 */
export function readPromptFile(engine: Liquid, path: string): PromptFile {
  const text = readText(path);
  const parts = /^---\n([\s\S]*?)\n---\n+<!-- system -->\n([\s\S]*?)\n<!-- prompt -->\n([\s\S]*)$/.exec(text);
  if (parts === null) {
    throw wrong(path, 'it needs front matter between --- lines, then <!-- system --> and <!-- prompt -->');
  }
  const head = frontMatter.safeParse(tryTo(path, () => parse(parts[1]!)));
  if (!head.success) throw wrong(path, `its front matter: ${z.prettifyError(head.error)}`);
  const { id, language } = head.data;
  if (basename(path) !== `${id}.${language}.md`) throw wrong(path, `its front matter says ${id}.${language}`);
  if (!parts[2]!.startsWith(`Signalbox task: ${id}\n`)) {
    throw wrong(path, `its system part must begin with the line "Signalbox task: ${id}"`);
  }
  const system = tryTo(path, () => engine.parse(parts[2]!, path));
  const prompt = tryTo(path, () => engine.parse(parts[3]!, path));
  checkVariables(engine, path, id, [...system, ...prompt]);
  return { ...head.data, system, prompt, digest: digest(text) };
}

/** @throws SignalboxError `config-invalid` */
export function readExamples(
  path: string,
  categories: readonly string[] = [],
): { readonly examples: Examples; readonly digest: string } {
  const text = readText(path);
  const read = exampleFile.safeParse(tryTo(path, () => parse(text)));
  if (!read.success) throw wrong(path, z.prettifyError(read.error));
  const missing = categories.find((category) => (read.data[category] ?? []).length === 0);
  if (missing !== undefined) throw wrong(path, `it has no example for the category "${missing}"`);
  return { examples: read.data, digest: digest(text) };
}

function checkVariables(engine: Liquid, path: string, id: PromptId, templates: Template[]): void {
  const { needed, allowed } = promptVariables[id];
  const used = engine.globalVariablesSync(templates);
  const unknown = used.find((name) => !needed.includes(name) && !allowed.includes(name));
  if (unknown !== undefined) {
    throw wrong(path, `the value "${unknown}" is not known; known are ${[...needed, ...allowed].join(', ')}`);
  }
  const missing = needed.find((name) => !used.includes(name));
  if (missing !== undefined) throw wrong(path, `the value "${missing}" is not used, but the task needs it`);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  } catch (cause) {
    throw wrong(path, 'it cannot be read; every prompt is needed in English and in German', cause);
  }
}

function tryTo<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw wrong(path, (cause as Error).message, cause);
  }
}

/** The error of a file that cannot be used. */
export function wrong(path: string, what: string, cause?: unknown): SignalboxError {
  // One line, as the start tells it; a parser's drawing of the place is left out.
  const words = what
    .split('\n\n')[0]!
    .replace(/\s+/g, ' ')
    .replace(/[\s:.]+$/, '');
  return new SignalboxError('config-invalid', `The prompt ${basename(path)} cannot be used: ${words}.`, { cause });
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
