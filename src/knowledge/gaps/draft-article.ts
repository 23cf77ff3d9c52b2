import { splitSentences } from '../../ml/index.ts';
import { maskTexts } from '../../platform/index.ts';
import type { Language } from '../../ticket/index.ts';
import { likeness, partsOfQuestion, rarityIn } from './question-likeness.ts';

export interface ArticleSources {
  /** The group's name. */
  readonly label: string;
  /** How customers asked. */
  readonly questions: readonly string[];
  /** With which persons resolved tickets of the group, at least one. */
  readonly replies: readonly string[];
  readonly language: Language;
  readonly category: string | null;
  /** Names and addresses of the customers and of who replied: never in an article. */
  readonly known: readonly string[];
}

export interface ArticleText {
  readonly title: string;
  /** Markdown with front matter, as documents of the knowledge are written. */
  readonly text: string;
}

/** From here on a sentence says what another one says. */
const saidFrom = 0.5;
const most = { title: 90, variants: 12, further: 10 } as const;

const words = {
  de: { further: 'Aus weiteren Antworten' },
  en: { further: 'From further replies' },
} as const;

/**
 * A first version of an article, made of what people replied and of nothing else: the reply that is most like the others,
 * without greeting and closing, then the sentences of the others that say something else. Personal data are masked; a
 * person has to read it before it counts. Deterministic.
 */
export function draftArticle({ label, questions, replies, language, category, known }: ArticleSources): ArticleText {
  const [title = '', ...texts] = maskTexts([label, ...questions, ...replies], known);
  const variants = [...new Set(texts.slice(0, questions.length).map(asVariant))].slice(0, most.variants);
  const bodies = texts
    .slice(questions.length)
    .map(withoutCourtesy)
    .filter((body) => body !== '');
  const parts = bodies.map((body) => partsOfQuestion(body, language));
  const rarity = rarityIn(parts);
  const sums = parts.map((a) => parts.reduce((sum, b) => sum + likeness(a, b, rarity), 0));
  const central = bodies[sums.indexOf(Math.max(...sums))] ?? '';
  const heading = asTitle(title);
  const further = furtherSentences(central, bodies, language);
  const text = [
    [
      '---',
      `title: ${JSON.stringify(heading)}`,
      `language: ${language === 'de' ? 'de' : 'en'}`,
      ...(category === null ? [] : [`category: ${JSON.stringify(category)}`]),
      '---',
    ].join('\n'),
    `# ${heading}`,
    ['<!-- asked:', ...variants, '-->'].join('\n'),
    central,
    ...(further.length === 0
      ? []
      : [
          `## ${words[language === 'de' ? 'de' : 'en'].further}`,
          further.map((sentence) => `- ${sentence}`).join('\n'),
        ]),
  ].join('\n\n');
  return { title: heading, text: `${text}\n` };
}

/** Sentences of the others that the article does not say yet. */
function furtherSentences(central: string, bodies: readonly string[], language: Language): string[] {
  const all = bodies.flatMap(sentencesOf);
  const rarity = rarityIn(all.map((sentence) => partsOfQuestion(sentence, language)));
  const said = sentencesOf(central).map((sentence) => partsOfQuestion(sentence, language));
  const further: string[] = [];
  for (const sentence of all) {
    const parts = partsOfQuestion(sentence, language);
    if (parts.words.size < 2 || said.some((other) => likeness(parts, other, rarity) >= saidFrom)) continue;
    said.push(parts);
    further.push(sentence);
  }
  return further.slice(0, most.further);
}

const sentencesOf = (text: string) =>
  splitSentences(text)
    .map((sentence) => sentence.text.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '');

const greeting =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)|moin|servus|liebe[rs]?|sehr geehrte[rs]?)\b[^\n]{0,80}$/i;
const thanks = /^(?:thank you|thanks|many thanks|vielen dank|danke)\b[^\n]{0,120}$/i;
const closing =
  /^(?:(?:kind|best|warm|many)?\s*regards|best wishes|best|cheers|sincerely|yours\b.*|thanks|(?:mit )?(?:freundliche[nm]?|beste[nm]?|viele[nm]?|liebe[nm]?|herzliche[nm]?) (?:gr[uü](?:ß|ss)e?n?)|gr[uü](?:ß|ss)e?|mfg|lg|vg)\b[^\n]{0,60}$/i;

/** A reply without greeting, thanks for the message and what stands below the closing. */
function withoutCourtesy(reply: string): string {
  const lines = reply.split(/\r?\n/).map((line) => line.trimEnd());
  const end = lines.findIndex((line, i) => i > 0 && closing.test(line.trim()));
  const kept = end === -1 ? lines : lines.slice(0, end);
  while (kept.length > 0 && isCourtesy(kept[0]!)) kept.shift();
  // Headings would divide the article, comments would hide in it.
  return kept
    .map((line) => line.replace(/^#{1,6}\s+/, '').replace(/<!--|-->/g, ''))
    .join('\n')
    .trim();
}

const isCourtesy = (line: string) => line.trim() === '' || greeting.test(line.trim()) || thanks.test(line.trim());

function asTitle(label: string): string {
  const line = label
    .replace(/\s+/g, ' ')
    .replace(/["#<>]/g, '')
    .trim();
  return line.length <= most.title ? line : `${line.slice(0, most.title - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** A line of the comment in which questions are noted: nothing in it ends the comment or divides the line. */
const asVariant = (question: string) =>
  question
    .replace(/--+|[<>|]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** What `maskTexts` leaves: the word of the kind. */
const placeholder = /\[[A-Z]{2,10}\]/;

/** The first place where personal data were masked and nobody has said what is to stand there; null: none. */
export function openPlaceholder(text: string): string | null {
  return placeholder.exec(text)?.[0] ?? null;
}
