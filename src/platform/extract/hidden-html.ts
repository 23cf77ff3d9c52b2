/** What is needed of a DOM node here; the parser's own types name the browser's. */
export interface HtmlNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly parentNode: HtmlNode | null;
  readonly childNodes: ArrayLike<HtmlNode>;
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
}

const neverShown = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'IFRAME', 'OBJECT', 'SVG', 'HEAD']);

const zero = '0(?:\\.0+)?(?:px|pt|em|rem|%)?';
const hiding = new RegExp(
  [
    'display:none',
    'visibility:(?:hidden|collapse)',
    `font-size:${zero}(?:;|!|$)`,
    'opacity:0(?:\\.0+)?(?:;|!|$)',
    `(?:^|;)(?:max-)?(?:height|width):${zero}(?:;|!|$)[\\s\\S]*overflow:hidden`,
    `overflow:hidden[\\s\\S]*(?:^|;)(?:max-)?(?:height|width):${zero}(?:;|!|$)`,
    '(?:text-indent|left|top):-\\d{3,}',
    'mso-hide:all',
  ].join('|'),
);

const plain = (style: string) => style.toLowerCase().replace(/\s+/g, '');
const white = /^(?:white|#fff|#ffff|#ffffff|#ffffffff|rgba?\(255,255,255(?:,[\d.]+)?\)|transparent)$/;
const colourOf = (style: string) => /(?:^|;)color:([^;!]+)/.exec(style)?.[1] ?? null;
const backgroundOf = (style: string) => /(?:^|;)background(?:-color)?:([^;!]+)/.exec(style)?.[1] ?? null;

/**
 * Tells what a reader of the page would not see: by `hidden`, by its own style, by simple rules of a style sheet
 * (`.class`, `#id`), or white letters on nothing darker. What lies beneath such a node is hidden with it.
 * Scripts and computed layout are not run: a page that hides by other means is read with what it hides.
 */
export function createHiddenTest(html: string): (node: HtmlNode) => boolean {
  const selectors = hidingSelectors(html);
  return (node) => {
    if (neverShown.has(node.nodeName)) return true;
    if (node.getAttribute('hidden') !== null) return true;
    if (node.nodeName === 'INPUT' || node.nodeName === 'BUTTON' || node.nodeName === 'SELECT') return true;
    const style = plain(node.getAttribute('style') ?? '');
    if (style !== '' && hiding.test(style)) return true;
    if (selectors.size > 0 && namesOf(node).some((name) => selectors.has(name))) return true;
    const colour = colourOf(style) ?? (node.getAttribute('color') ?? '').trim().toLowerCase();
    return white.test(colour) && !isOnDark(node);
  };
}

function namesOf(node: HtmlNode): string[] {
  const id = node.getAttribute('id');
  const classes = (node.getAttribute('class') ?? '').split(/\s+/).filter((name) => name !== '');
  return [...(id === null ? [] : [`#${id}`]), ...classes.map((name) => `.${name}`)];
}

/** White letters on a coloured ground are read; the ground may be an ancestor's. A picture counts as one. */
function isOnDark(node: HtmlNode): boolean {
  for (let at: HtmlNode | null = node; at !== null && at.nodeType === 1; at = at.parentNode) {
    const style = plain(at.getAttribute('style') ?? '');
    const ground = backgroundOf(style) ?? at.getAttribute('bgcolor')?.trim().toLowerCase() ?? null;
    if (/background-image:|gradient/.test(style)) return true;
    if (ground !== null && ground !== 'none') return !white.test(ground);
  }
  return false;
}

function hidingSelectors(html: string): Set<string> {
  const found = new Set<string>();
  for (const sheet of html.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style/gi)) {
    for (const rule of sheet[1]!.slice(0, 200_000).matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
      if (!hiding.test(plain(rule[2]!))) continue;
      for (const selector of rule[1]!.split(',')) {
        const simple = /^\s*[a-z]*([.#][\w-]+)\s*$/i.exec(selector)?.[1];
        if (simple !== undefined) found.add(simple);
      }
    }
  }
  return found;
}
