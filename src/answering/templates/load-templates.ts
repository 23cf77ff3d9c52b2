import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Liquid, type Template } from 'liquidjs';
import { SignalboxError, type Tone, tiers, tones } from '../../ticket/index.ts';
import { createRenderers, type LoadedFile } from './render-templates.ts';
import {
  categorySlug,
  digest,
  type Form,
  forms,
  type HandoverReason,
  marker,
  type TemplateLanguage,
  type Templates,
  templateLanguages,
  templateValues,
} from './template-values.ts';

/**
 * Reads `folder`/{en,de}/*.liquid: tone-<tone>, category-<slug> for every category, manner, deferral, handover,
 * disclosure and disclosure-handover. All are parsed and rendered once in both forms, so that a fault shows at the
 * start and not in a customer's mail.
 * @throws SignalboxError `config-invalid` naming the file and what is wrong with it
 */
export function loadTemplates(folder: string, categories: readonly string[]): Templates {
  const engine = new Liquid({ strictVariables: true, strictFilters: true, ownPropertyOnly: true });
  const files = new Map<string, LoadedFile>();
  for (const language of templateLanguages) {
    for (const name of namesNeeded(categories))
      files.set(`${language}/${name}`, readTemplate(engine, folder, `${language}/${name}`));
    refuseStrangers(folder, language, namesNeeded(categories));
  }
  const render = (name: string, values: object): string => {
    const file = files.get(name);
    if (file === undefined) throw new SignalboxError('config-invalid', `There is no template ${name}.liquid.`);
    try {
      return engine.renderSync(file.template, values).trim();
    } catch (cause) {
      const words = `The template ${name}.liquid cannot be used: ${(cause as Error).message}`;
      throw new SignalboxError('config-invalid', words, { cause });
    }
  };
  const templates = createRenderers(render, files);
  return { ...templates, frame: tryAll(templates, categories) };
}

const namesNeeded = (categories: readonly string[]) => [
  ...tones.map((tone) => `tone-${tone}`),
  ...categories.map((category) => `category-${categorySlug(category)}`),
  'manner',
  'deferral',
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
  const kind = name.split('/')[1]!.split('-')[0] as keyof typeof templateValues;
  const allowed: readonly string[] = templateValues[kind];
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

type Voice = { readonly language: TemplateLanguage; readonly form: Form; readonly disclosure: boolean };
type Manner = { readonly tone: Tone; readonly category: string };

/** Renders everything once, and collects what the templates say by themselves. */
function tryAll(templates: Omit<Templates, 'frame'>, categories: readonly string[]): Set<string> {
  const frame = new Set<string>();
  const voices = templateLanguages.flatMap((language) => forms.map((form) => ({ language, form, disclosure: true })));
  for (const voice of voices) {
    for (const reason of ['person-requested', 'known-problem', 'other'] as const satisfies HandoverReason[])
      tryHandover(templates, voice, reason);
    for (const manner of tones.flatMap((tone) => categories.map((category) => ({ tone, category })))) {
      const { text, frame: said } = templates.answer({ ...voice, ...manner, facts: marker });
      if (!text.includes(marker)) refuseWithout('facts', 'an answer without facts says nothing', voice, manner);
      for (const sentence of said) frame.add(sentence);
    }
    for (const manner of tones.map((tone) => ({ tone, category: categories[0] ?? 'General' })))
      for (const sentence of tryCustomers(templates, voice, manner)) frame.add(sentence);
  }
  return frame;
}

function tryHandover(templates: Omit<Templates, 'frame'>, voice: Voice, reason: HandoverReason): void {
  const silent = templates.handover({ ...voice, disclosure: false, reason });
  if (silent === '')
    throw new SignalboxError(
      'config-invalid',
      `The template ${voice.language}/handover.liquid says nothing; the customer must be told that a person takes over.`,
    );
  if (templates.handover({ ...voice, disclosure: true, reason }) === silent)
    refuseUndisclosed(voice, 'handover', 'disclosure-handover');
}

/** Whether a machine tells that it writes is for AI_DISCLOSURE to say, not for a slip in a file. */
function refuseUndisclosed({ language }: Voice, name: string, note: string): never {
  throw new SignalboxError(
    'config-invalid',
    `The template ${language}/${name}.liquid does not set {{ disclosure }}, or ${language}/${note}.liquid says nothing; AI_DISCLOSURE=false leaves it out.`,
  );
}

/** The same for customers of whom something is known. */
function tryCustomers(templates: Omit<Templates, 'frame'>, voice: Voice, manner: Manner): string[] {
  const facts = { ...voice, ...manner, facts: marker };
  const { text } = templates.answer({ ...facts, deferred: [marker.repeat(2)] });
  if (!text.includes(marker.repeat(2)))
    refuseWithout('deferred', 'a question that stays open would be passed over', voice, manner);
  const disclosed = [true, false].map((disclosure) => templates.answer({ ...facts, disclosure }).text);
  if (disclosed[0] === disclosed[1]) refuseUndisclosed(voice, `tone-${manner.tone}`, 'disclosure');
  return tiers.flatMap((tier) =>
    (['open-ticket', 'earlier-answer'] as const).flatMap((returning) => [
      ...templates.answer({ ...facts, customer: { name: '', tier, style: 'neutral', returning, given: [] } }).frame,
    ]),
  );
}

function refuseWithout(value: string, reason: string, { language }: { language: TemplateLanguage }, { tone }: Manner) {
  throw new SignalboxError(
    'config-invalid',
    `The template ${language}/tone-${tone}.liquid does not set {{ ${value} }}; ${reason}.`,
  );
}
