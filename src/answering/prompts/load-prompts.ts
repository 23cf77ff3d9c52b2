import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Liquid, type Template } from 'liquidjs';
import { type Language, SignalboxError } from '../../ticket/index.ts';
import { type NewFence, outsideBlocks, readable } from './fence.ts';
import { type Examples, type PromptFile, readExamples, readPromptFile, wrong } from './read-prompt-file.ts';
import {
  type NumberedPassage,
  type PromptId,
  type PromptLanguage,
  type PromptValues,
  promptIds,
  promptLanguages,
} from './values.ts';

export interface RenderedPrompt {
  readonly system: string;
  readonly prompt: string;
  /** Which files made it: `draft.de@1:0123456789abcdef`. The same files give the same hash. */
  readonly hash: string;
  readonly fence: string;
}

export interface Prompts {
  /** German prompts for German tickets, English ones for all others. */
  render<I extends PromptId>(id: I, values: PromptValues[I], newFence: NewFence): RenderedPrompt;
  /** Hash by name, for the versions of a decision: `decision.en` → `decision.en@1:…`. */
  versions(): Readonly<Record<string, string>>;
}

interface LoadedPrompt {
  readonly file: PromptFile;
  readonly hash: string;
  readonly examples: Examples;
}

const languageOf = (language: Language): PromptLanguage => (language === 'de' ? 'de' : 'en');

/**
 * Reads and tries every prompt, so that a fault stops the start and not a ticket: both languages there and of
 * one version, an example for each of `categories`, no unknown and no missing value, and no text of a customer
 * outside of a block.
 * @throws SignalboxError `config-invalid` that names the file.
 */
export function loadPrompts(folder: string = import.meta.dirname, categories: readonly string[] = []): Prompts {
  const engine = new Liquid({ strictVariables: true, strictFilters: true, ownPropertyOnly: true });
  const loaded = new Map<string, LoadedPrompt>();
  for (const language of promptLanguages) {
    const { examples, digest } = readExamples(join(folder, `examples.${language}.yaml`), categories);
    for (const id of promptIds) {
      const file = readPromptFile(engine, join(folder, `${id}.${language}.md`));
      const parts = id === 'draft' ? file.digest + digest : file.digest;
      const hash = `${id}.${language}@${file.version}:${createHash('sha256').update(parts).digest('hex').slice(0, 16)}`;
      loaded.set(`${id}.${language}`, { file, hash, examples });
    }
  }
  const prompts = createPrompts(engine, loaded);
  for (const id of promptIds) checkPair(folder, id, loaded, prompts);
  return prompts;
}

function createPrompts(engine: Liquid, loaded: ReadonlyMap<string, LoadedPrompt>): Prompts {
  return {
    render(id, values, newFence) {
      const { file, hash, examples } = loaded.get(`${id}.${languageOf(values.language)}`)!;
      const safe = mapTexts(values, readable);
      const fence = freshFence(newFence, JSON.stringify(safe));
      // A client may name a category; only one that our examples know is shown, it stands outside of the blocks.
      const given = 'category' in values ? values.category : '';
      const category = given !== 'default' && Object.hasOwn(examples, given) ? given : 'General';
      const shown = [...(examples[category] ?? []), ...examples['default']!];
      const all = { ...safe, category, fence, examples: shown };
      const render = (part: Template[]) => String(engine.renderSync(part, all)).trim();
      return { system: render(file.system), prompt: render(file.prompt), hash, fence };
    },
    versions: () => Object.fromEntries([...loaded].map(([name, { hash }]) => [name, hash])),
  };
}

/** A fence that stands in none of the texts. A random one never does; a given one may. */
function freshFence(newFence: NewFence, texts: string): string {
  for (let tries = 0; tries < 10; tries++) {
    const fence = newFence();
    if (!texts.includes(fence)) return fence;
  }
  throw new SignalboxError('internal', 'No fence was found that the texts do not hold; it must be random.');
}

/** Every string in `value`, however deep, through `change`. */
function mapTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T;
  if (Array.isArray(value)) return value.map((v) => mapTexts(v, change)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, mapTexts(v, change)])) as T;
}

/** Both languages of one version, and nothing of a customer outside of the blocks. */
function checkPair(folder: string, id: PromptId, loaded: ReadonlyMap<string, LoadedPrompt>, prompts: Prompts): void {
  const [en, de] = promptLanguages.map((language) => loaded.get(`${id}.${language}`)!.file.version);
  if (en !== de) throw wrong(join(folder, `${id}.de.md`), `it has version ${de}, the English one ${en}`);
  for (const language of promptLanguages) {
    const path = join(folder, `${id}.${language}.md`);
    for (const values of samples(language)) {
      const rendered = tryRender(prompts, id, values, path);
      const ours = `${rendered.system}\n${outsideBlocks(rendered.prompt, rendered.fence)}`;
      if (ours.includes(marker)) throw wrong(path, 'a text from outside stands outside of its block');
      if (!rendered.prompt.includes(`message ${marker}`)) throw wrong(path, 'it does not show the message');
    }
  }
}

function tryRender(prompts: Prompts, id: PromptId, values: Sample, path: string): RenderedPrompt {
  try {
    return prompts.render(id, values, () => 'sample-fence');
  } catch (cause) {
    throw wrong(path, (cause as Error).message, cause);
  }
}

type Sample = PromptValues['draft'] & PromptValues['judge'];
const marker = '⟦from outside⟧';

/** Values with and without what may be missing; every untrusted text carries the marker. */
function samples(language: PromptLanguage): Sample[] {
  const passages: NumberedPassage[] = [{ number: 1, heading: `heading ${marker}`, text: `text ${marker}` }];
  const full: Sample = {
    language,
    subject: `subject ${marker}`,
    message: `message ${marker}`,
    passages,
    category: `category ${marker}`,
    tone: 'professional',
    form: 'sie',
    base: `base ${marker}`,
    previous: { text: `previous ${marker}`, findings: [`finding ${marker}`] },
    style: 'casual',
    tier: 'enterprise',
    turns: [
      { author: 'customer', text: `question ${marker}` },
      { author: 'us', text: `answer ${marker}` },
    ],
    given: [{ kind: 'order-number', value: `order ${marker}` }],
    reply: `reply ${marker}`,
  };
  return [
    full,
    { ...full, form: 'du', tone: 'concise', passages: [], base: null, previous: null, turns: [], given: [] },
  ];
}
