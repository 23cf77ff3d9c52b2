import { type Cut, cutOut, excerpt, type Left, nothing, type Part } from './set-aside.ts';

/** A tag as a walk over the text finds it. */
interface Tag {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly closes: boolean;
  readonly attributes: string;
}

/** Elements whose presence says that a text is a page of HTML and not a message that speaks of tags. */
const markup =
  /<(?:!doctype html|html|body|head|div|p|br|table|td|span|meta|style|font|blockquote|ul|ol|li|a)\b[^<>]{0,2000}>/iu;
const voids = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
const unread = new Set(['script', 'style', 'head', 'template', 'noscript', 'title']);

const hiddenStyle =
  /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|opacity\s*:\s*0(?:\.0\d*)?(?![.\d])|font-size\s*:\s*[01](?:\.\d+)?(?:px|pt|em|rem|%)?\s*(?:[;"'!]|$)|(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:[;"'!]|$)|text-indent\s*:\s*-\d{3,}|(?:left|top)\s*:\s*-\d{3,}px|(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white\b|transparent\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)/iu;
const hiddenAttribute = /(?:^|\s)(?:hidden(?=\s|=|$)|color\s*=\s*["']?(?:#fff(?:fff)?|white)\b)/iu;
/** White letters on a ground of their own colour can be read. */
const ownGround = /background(?:-color)?\s*:\s*(?!#fff|white|transparent|none)[#\w]/iu;

/**
 * The text of a message that is written in HTML, as a reader sees it: comments, scripts and hidden elements are set
 * aside, other tags become line breaks or nothing. A text without markup stays as it is; only comments are taken
 * out of it. Linear in the length.
 */
export function readHtml(text: string): Left {
  if (!text.includes('<')) return nothing(text);
  const comments = findComments(text);
  const seen = cutOut(text, comments, ' ');
  if (!markup.test(seen.text)) return seen;
  const read = readElements(seen.text);
  return { text: read.text, parts: [...seen.parts, ...read.parts] };
}

function findComments(text: string): Cut[] {
  const cuts: Cut[] = [];
  for (let start = text.indexOf('<!--'); start !== -1; ) {
    const close = text.indexOf('-->', start + 4);
    const end = close === -1 ? text.length : close + 3;
    cuts.push({ start, end, kind: 'html-comment' });
    start = text.indexOf('<!--', end);
  }
  return cuts;
}

function* tagsOf(text: string): Generator<Tag> {
  const pattern = /<(\/?)([a-z][a-z0-9:-]*)((?:[^<>"']|"[^"<>]*"|'[^'<>]*')*)>/giu;
  for (const match of text.matchAll(pattern)) {
    const [whole, slash, name, attributes] = match;
    yield {
      start: match.index,
      end: match.index + whole.length,
      name: name!.toLowerCase(),
      closes: slash === '/',
      attributes: attributes!,
    };
  }
}

const breaks = new Set(
  'p div br tr li ul ol table h1 h2 h3 h4 h5 h6 blockquote hr section article header footer'.split(' '),
);

/** The element that is being left out, and how many of its own name are open within it. */
interface Hidden {
  readonly name: string;
  readonly at: number;
  depth: number;
}

function readElements(text: string): Left {
  const parts: Part[] = [];
  let rest = '';
  let from = 0;
  let hidden: Hidden | null = null;
  for (const tag of tagsOf(text)) {
    if (hidden !== null) {
      if (!closesIt(hidden, tag)) continue;
      addHidden(parts, text.slice(hidden.at, tag.start), hidden.at);
      hidden = null;
    } else {
      rest += text.slice(from, tag.start) + gapOf(tag);
      if (isHidden(tag)) hidden = { name: tag.name, at: tag.end, depth: 1 };
    }
    from = tag.end;
  }
  if (hidden === null) rest += text.slice(from);
  else addHidden(parts, text.slice(hidden.at), hidden.at);
  return { text: tidy(readEntities(rest)), parts };
}

const tidy = (text: string) =>
  text
    .replaceAll(/(?<![ \t])[ \t]*\n[ \t]*/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();

const gapOf = ({ name }: Tag) => (breaks.has(name) ? '\n' : name === 'td' ? ' ' : '');

function closesIt(hidden: Hidden, { name, closes }: Tag): boolean {
  if (name !== hidden.name) return false;
  hidden.depth += closes ? -1 : 1;
  return hidden.depth === 0;
}

function addHidden(parts: Part[], text: string, at: number): void {
  const words = excerpt(readEntities(text.replaceAll(/<[^<>]*>/g, ' ')));
  if (words !== '') parts.push({ kind: 'hidden-html', text: words, at });
}

function isHidden({ name, closes, attributes }: Tag): boolean {
  if (closes || voids.has(name)) return false;
  if (unread.has(name)) return true;
  if (hiddenAttribute.test(attributes)) return true;
  return (
    hiddenStyle.test(attributes) && !(ownGround.test(attributes) && !/display|visibility|font-size/i.test(attributes))
  );
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  euro: '€',
};

const readEntities = (text: string) =>
  text.replaceAll(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,6});/giu, (whole, name: string) => {
    if (!name.startsWith('#')) return named[name] ?? whole;
    const code = name[1] === 'x' || name[1] === 'X' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
