import type { Template } from 'liquidjs';
import { splitSentences } from '../../ml/index.ts';
import {
  type AnswerValues,
  type CustomerValues,
  categorySlug,
  digest,
  type Form,
  marker,
  type RenderedAnswer,
  stranger,
  type TemplateLanguage,
  type Templates,
} from './template-values.ts';

export interface LoadedFile {
  readonly template: Template[];
  readonly hash: string;
}

type Render = (name: string, values: object) => string;

/** Answers and hand-overs from templates that are loaded and checked. */
export function createRenderers(render: Render, files: ReadonlyMap<string, LoadedFile>): Omit<Templates, 'frame'> {
  const disclosure = (language: TemplateLanguage, form: Form) => render(`${language}/disclosure`, { form });
  return {
    answer: (values) => renderAnswer(values, render, files),
    handover({ language, form, reason, disclosure: wanted }) {
      const note = wanted ? render(`${language}/disclosure-handover`, { form }) : '';
      return render(`${language}/handover`, { form, reason, disclosure: note });
    },
    disclosure,
    version: digest([...files].map(([name, file]) => name + file.hash).join('')),
  };
}

function renderAnswer(values: AnswerValues, render: Render, files: ReadonlyMap<string, LoadedFile>): RenderedAnswer {
  const { language, tone, category, form, facts, deferred = [], customer = stranger } = values;
  const slug = knownSlug(category, language, files);
  const names = [
    `tone-${tone}`,
    `category-${slug}`,
    'disclosure',
    'manner',
    ...(deferred.length > 0 ? ['deferral'] : []),
  ];
  const all = { form, ...valuesOf(customer) };
  const part = (name: string, of: object) => render(`${language}/${name}`, { ...all, ...of });
  const history = part('manner', { part: 'history' });
  const tier = part('manner', { part: 'tier' });
  const next = part(`category-${slug}`, { part: 'next_step' });
  const around = {
    ...all,
    opening: join(history, part(`category-${slug}`, { part: 'opening' })),
    deferred: deferred.map((ask) => render(`${language}/deferral`, { form, ask: quoted(ask) })).join('\n'),
    next_step: join(next, tier),
    disclosure: values.disclosure ? render(`${language}/disclosure`, { form }) : '',
  };
  const text = render(`${language}/tone-${tone}`, { ...around, facts });
  const bare = render(`${language}/tone-${tone}`, { ...around, facts: marker });
  const plain = () => render(`${language}/category-${slug}`, { ...all, given: [], part: 'next_step' });
  return {
    text,
    hash: digest(names.map((name) => files.get(`${language}/${name}`)!.hash).join('')),
    frame: new Set(splitSentences(bare.replace(marker, '\n\n')).map((sentence) => sentence.text)),
    used: {
      name: customer.name !== '' && bare.includes(customer.name),
      tier: tier !== '' && bare.includes(tier),
      history: history !== '' && bare.includes(history),
      given: customer.given.length > 0 && next !== plain(),
    },
  };
}

const valuesOf = ({ name, tier, style, returning, given }: CustomerValues) => ({
  customer_name: name,
  tier,
  style,
  returning,
  given,
});

const join = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(' ');

/** An ask as it may stand between quotation marks, in one line; cut between characters, before anything else. */
function quoted(ask: string): string {
  const short = ask.length > 140 ? `${[...ask.slice(0, 300)].slice(0, 120).join('')}…` : ask;
  return short
    .replace(/["“”„‟«»]/gu, "'")
    .replace(/\s+/gu, ' ')
    .replace(/[.!\s]+$/u, '');
}

/** A client may name a category that has no template; it gets the plainest words there are. */
function knownSlug(category: string, language: TemplateLanguage, files: ReadonlyMap<string, LoadedFile>): string {
  const slugs = [categorySlug(category), 'general'];
  const known = slugs.find((slug) => files.has(`${language}/category-${slug}`));
  const first = () => [...files.keys()].find((name) => name.startsWith(`${language}/category-`))!;
  return known ?? first().slice(`${language}/category-`.length);
}
