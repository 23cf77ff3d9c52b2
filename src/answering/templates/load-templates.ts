import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Liquid, type Template } from 'liquidjs';
import { splitSentences } from '../../ml/index.ts';
import { SignalboxError, type Tone, tones } from '../../ticket/index.ts';

/** How German addresses the customer; English has one form and ignores it. */
export type Form = 'sie' | 'du';
export type TemplateLanguage = 'en' | 'de';
export type HandoverReason = 'person-requested' | 'other';

export interface AnswerValues {
  readonly category: string;
  readonly tone: Tone;
  readonly language: TemplateLanguage;
  readonly form: Form;
  /** The quoted facts, ready to be set. */
  readonly facts: string;
  readonly disclosure: boolean;
}

export interface HandoverValues {
  readonly language: TemplateLanguage;
  readonly form: Form;
  readonly reason: HandoverReason;
  readonly disclosure: boolean;
}

export interface Templates {
  /** The whole reply around `facts`, and the hash of the template files that made it. */
  answer(values: AnswerValues): { readonly text: string; readonly hash: string };
  handover(values: HandoverValues): string;
  /** The sentence that says that a machine writes. */
  disclosure(language: TemplateLanguage, form: Form): string;
  /** Every sentence that the templates themselves say around the facts; none of them is a claim. */
  readonly frame: ReadonlySet<string>;
  /** Hash over all template files. */
  readonly version: string;
}

const languages: readonly TemplateLanguage[] = ['en', 'de'];
const forms: readonly Form[] = ['sie', 'du'];

/** Every value that a template may name, by kind of template. */
const known = {
  tone: ['opening', 'facts', 'next_step', 'disclosure', 'form'],
  category: ['part', 'form'],
  handover: ['reason', 'disclosure', 'form'],
  disclosure: ['form'],
} as const;

/** "Feature Request" → "feature-request" */
export const categorySlug = (category: string) => category.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');

interface LoadedFile {
  readonly template: Template[];
  readonly hash: string;
}

/**
 * Reads `folder`/{en,de}/*.liquid: tone-<tone>, category-<slug> for every category, handover, disclosure and
 * disclosure-handover. All are parsed and rendered once in both forms, so that a fault shows at the start
 * and not in a customer's mail.
 * @throws SignalboxError `config-invalid` naming the file and what is wrong with it
 */
export function loadTemplates(folder: string, categories: readonly string[]): Templates {
  const engine = new Liquid({ strictVariables: true, strictFilters: true, ownPropertyOnly: true });
  const files = new Map<string, LoadedFile>();
  for (const language of languages) {
    for (const name of namesNeeded(categories))
      files.set(`${language}/${name}`, readTemplate(engine, folder, `${language}/${name}`));
    refuseStrangers(folder, language, namesNeeded(categories));
  }
  const render = (name: string, values: object): string => {
    const file = files.get(name);
    if (file === undefined) throw new SignalboxError('config-invalid', `There is no template ${name}.liquid.`);
    return engine.renderSync(file.template, values).trim();
  };
  const templates = createRenderers(render, files);
  return { ...templates, frame: tryAll(templates, categories) };
}

function createRenderers(
  render: (name: string, values: object) => string,
  files: ReadonlyMap<string, LoadedFile>,
): Omit<Templates, 'frame'> {
  const disclosure = (language: TemplateLanguage, form: Form) => render(`${language}/disclosure`, { form });
  return {
    answer({ category, tone, language, form, facts, disclosure: wanted }) {
      const names = [
        `${language}/tone-${tone}`,
        `${language}/category-${knownSlug(category, language, files)}`,
        `${language}/disclosure`,
      ];
      const text = render(names[0]!, {
        opening: render(names[1]!, { part: 'opening', form }),
        facts,
        next_step: render(names[1]!, { part: 'next_step', form }),
        disclosure: wanted ? disclosure(language, form) : '',
        form,
      });
      return { text, hash: digest(names.map((name) => files.get(name)!.hash).join('')) };
    },
    handover({ language, form, reason, disclosure: wanted }) {
      const note = wanted ? render(`${language}/disclosure-handover`, { form }) : '';
      return render(`${language}/handover`, { form, reason, disclosure: note });
    },
    disclosure,
    version: digest([...files].map(([name, file]) => name + file.hash).join('')),
  };
}

/** A client may name a category that has no template; it gets the plainest words there are. */
function knownSlug(category: string, language: TemplateLanguage, files: ReadonlyMap<string, LoadedFile>): string {
  const slugs = [categorySlug(category), 'general'];
  const known = slugs.find((slug) => files.has(`${language}/category-${slug}`));
  const first = () => [...files.keys()].find((name) => name.startsWith(`${language}/category-`))!;
  return known ?? first().slice(`${language}/category-`.length);
}

const namesNeeded = (categories: readonly string[]) => [
  ...tones.map((tone) => `tone-${tone}`),
  ...categories.map((category) => `category-${categorySlug(category)}`),
  'handover',
  'disclosure',
  'disclosure-handover',
];

function readTemplate(engine: Liquid, folder: string, name: string): LoadedFile {
  const path = join(folder, `${name}.liquid`);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new SignalboxError(
      'config-invalid',
      `The template ${name}.liquid is missing in ${folder}; add it, one per tone and category and language.`,
      { cause },
    );
  }
  try {
    const template = engine.parse(text, path);
    refuseUnknownValues(engine, template, name);
    return { template, hash: digest(text) };
  } catch (cause) {
    if (cause instanceof SignalboxError) throw cause;
    throw new SignalboxError(
      'config-invalid',
      `The template ${name}.liquid cannot be read: ${(cause as Error).message}`,
      { cause },
    );
  }
}

function refuseUnknownValues(engine: Liquid, template: Template[], name: string): void {
  const kind = name.split('/')[1]!.split('-')[0] as keyof typeof known;
  const allowed: readonly string[] = known[kind];
  for (const variable of engine.globalVariablesSync(template)) {
    if (!allowed.includes(variable)) {
      throw new SignalboxError(
        'config-invalid',
        `The template ${name}.liquid names the unknown value "${variable}"; known are ${allowed.join(', ')}.`,
      );
    }
  }
}

/** A file with a mistyped name would never be used, and nobody would notice. */
function refuseStrangers(folder: string, language: TemplateLanguage, needed: readonly string[]): void {
  const expected = new Set(needed.map((name) => `${name}.liquid`));
  for (const file of readdirSync(join(folder, language))) {
    if (file.endsWith('.liquid') && !expected.has(file)) {
      throw new SignalboxError(
        'config-invalid',
        `The template ${language}/${file} belongs to no tone and no category; rename or remove it.`,
      );
    }
  }
}

/** Renders everything once, and collects what the templates say by themselves. */
function tryAll(templates: Omit<Templates, 'frame'>, categories: readonly string[]): Set<string> {
  const frame = new Set<string>();
  const voices = languages.flatMap((language) => forms.map((form) => ({ language, form, disclosure: true })));
  for (const voice of voices) {
    for (const reason of ['person-requested', 'other'] as const) templates.handover({ ...voice, reason });
    const manners = tones.flatMap((tone) => categories.map((category) => ({ tone, category })));
    for (const manner of manners) {
      const { text } = templates.answer({ ...voice, ...manner, facts: marker });
      if (!text.includes(marker)) refuseWithoutFacts(voice.language, manner.tone);
      for (const sentence of splitSentences(text.replace(marker, '\n\n'))) frame.add(sentence.text);
    }
  }
  return frame;
}

function refuseWithoutFacts(language: TemplateLanguage, tone: Tone): never {
  throw new SignalboxError(
    'config-invalid',
    `The template ${language}/tone-${tone}.liquid does not set {{ facts }}; an answer without facts says nothing.`,
  );
}

const marker = '§facts§';

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);
