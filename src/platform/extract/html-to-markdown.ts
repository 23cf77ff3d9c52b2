import TurndownService from 'turndown';
import { createHiddenTest, type HtmlNode } from './hidden-html.ts';

/**
 * HTML as Markdown: headings, lists, tables with a head, code, links with their address. Emphasis is dropped, as
 * sentences are quoted from this text; pictures leave their description. What a reader would not see is left out
 * (see hidden-html.ts). Signs of Markdown in the text are not escaped: they would be quoted with the backslash.
 */
export function htmlToMarkdown(html: string): { readonly title: string | null; readonly text: string } {
  let title: string | null = null;
  const isHidden = createHiddenTest(html);
  const service = new TurndownService({ headingStyle: 'atx', bulletListMarker: '-', codeBlockStyle: 'fenced' });
  service.escape = (text) => text;
  const add = (
    key: string,
    filter: (node: HtmlNode) => boolean,
    replacement: (text: string, node: HtmlNode) => string,
  ) =>
    service.addRule(key, {
      filter: (node) => filter(node as unknown as HtmlNode),
      replacement: (text, node) => replacement(text, node as unknown as HtmlNode),
    });
  const named =
    (...names: string[]) =>
    (node: HtmlNode) =>
      names.includes(node.nodeName);
  add('emphasis', named('EM', 'I', 'STRONG', 'B'), (text) => text);
  add('heading', (node) => /^H[1-6]$/.test(node.nodeName), headingText);
  add('list', named('LI'), listItem);
  add('picture', named('IMG'), (_, node) => oneLine(node.getAttribute('alt') ?? ''));
  add('link', (node) => node.nodeName === 'A', linkText);
  add('cell', named('TH', 'TD'), (text) => text);
  add('row', named('TR', 'THEAD', 'TBODY', 'TFOOT', 'COLGROUP'), (text) => text);
  add('table', named('TABLE'), (text, node) => tableText(text, node, (cell) => cellText(service, isHidden, cell)));
  // Rules added last are asked first.
  add('hidden', isHidden, () => '');
  add('title', named('TITLE'), (_, node) => {
    title ??= oneLine(node.textContent ?? '') || null;
    return '';
  });
  const text = service
    .turndown(html)
    .replace(/\u00a0/g, ' ')
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, '');
  return { title, text: text.replace(/[ \t]+$/gm, '').replace(/\n{3,}/g, '\n\n') };
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

function headingText(text: string, node: HtmlNode): string {
  const words = oneLine(text);
  return words === '' ? '' : `\n\n${'#'.repeat(Number(node.nodeName[1]))} ${words}\n\n`;
}

function listItem(text: string, node: HtmlNode): string {
  const parent = node.parentNode;
  const ordered = parent?.nodeName === 'OL';
  const siblings = ordered ? elementsOf(parent).filter((n) => n.nodeName === 'LI') : [];
  const first = Number(parent?.getAttribute('start') ?? 1) || 1;
  const mark = ordered ? `${first + siblings.indexOf(node)}. ` : '- ';
  const lines = text
    .trim()
    .replace(/\n{2,}/g, '\n')
    .split('\n');
  return `${mark}${lines.join('\n  ')}\n`;
}

/** Only addresses that a person can follow; an anchor on the page says nothing elsewhere. */
function linkText(text: string, node: HtmlNode): string {
  const address = node.getAttribute('href') ?? '';
  const words = oneLine(text);
  const follows = /^(?:https?:|mailto:|tel:)/i.test(address) && !address.includes(words || '\n');
  return words !== '' && follows ? `[${words}](${address.replace(/\s/g, '%20')})` : words;
}

const elementsOf = (node: HtmlNode): HtmlNode[] => Array.from(node.childNodes).filter((n) => n.nodeType === 1);

/** The rows of the table itself, not of tables within its cells. */
function rowsOf(node: HtmlNode): HtmlNode[] {
  return elementsOf(node).flatMap((child) =>
    child.nodeName === 'TR' ? [child] : /^T(?:HEAD|BODY|FOOT)$/.test(child.nodeName) ? rowsOf(child) : [],
  );
}

function cellText(service: TurndownService, isHidden: (node: HtmlNode) => boolean, cell: HtmlNode): string {
  if (isHidden(cell)) return '';
  return oneLine(service.turndown(cell as never)).replaceAll('|', '\\|');
}

/** A table of layout (one column, or cells with whole tables in them) is read as running text. */
function tableText(text: string, node: HtmlNode, read: (cell: HtmlNode) => string): string {
  const rows = rowsOf(node).map((row) => elementsOf(row).filter((n) => n.nodeName === 'TD' || n.nodeName === 'TH'));
  const width = Math.max(0, ...rows.map((row) => row.length));
  const nested = rows.some((row) => row.some((cell) => holdsTable(cell)));
  if (width < 2 || nested) return `\n\n${text}\n\n`;
  const lines = rows.map((row) => row.map(read)).filter((row) => row.some((cell) => cell !== ''));
  return lines.length === 0 ? '' : `\n\n${tableLines(lines).join('\n')}\n\n`;
}

const holdsTable = (node: HtmlNode): boolean =>
  elementsOf(node).some((child) => child.nodeName === 'TABLE' || holdsTable(child));

/** GFM: the first row is the head, as each table needs one; short rows are filled. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map((row) => row.length));
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, i) => cells[i] ?? '').join(' | ')} |`;
  const [head, ...rest] = rows;
  return [line(head!), `|${' --- |'.repeat(width)}`, ...rest.map(line)];
}
