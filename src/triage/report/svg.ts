/** Pictures as text. Colours follow the reader's light or dark setting; words for screen readers come with each. */

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** What the picture shows, in a sentence or two, for those who cannot see it. */
  readonly description: string;
  readonly content: string;
}

const style = `
svg{--page:#ffffff;--text:#1f2937;--soft:#4b5563;--line:#d1d5db;--right:#1e3a8a;--wrong:#9a3412;--on:#ffffff;color-scheme:light dark}
@media(prefers-color-scheme:dark){svg{--page:#0f172a;--text:#e5e7eb;--soft:#a8b3c4;--line:#334155;--right:#60a5fa;--wrong:#fb923c;--on:#0b1220}}
text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;font-size:13px;fill:var(--text)}
.heading{font-size:16px;font-weight:600}.soft{fill:var(--soft);font-size:12px}.small{font-size:10px}
.middle{text-anchor:middle}.end{text-anchor:end}.on{fill:var(--on)}
.line{stroke:var(--line);stroke-width:1;fill:none}.dashed{stroke:var(--soft);stroke-width:1.5;stroke-dasharray:5 4}
.right{fill:var(--right)}.wrong{fill:var(--wrong)}.bar{stroke:var(--right);stroke-width:2;fill:none}`;

export function drawSvg({ width, height, title, description, content }: Picture): string {
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-labelledby="title description">
<title id="title">${escapeXml(title)}</title>
<desc id="description">${escapeXml(description)}</desc>
<style>${style}</style>
<rect width="${width}" height="${height}" style="fill:var(--page)"/>
${content}
</svg>
`;
}

/** Also drops what no XML file may hold. */
export function escapeXml(text: string): string {
  return text
    .replace(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

export interface Words {
  readonly x: number;
  readonly y: number;
  readonly words: string;
  readonly look?: string;
  /** Degrees around (x, y). */
  readonly turned?: number;
}

export function drawWords({ x, y, words, look, turned }: Words): string {
  const turn = turned === undefined ? '' : ` transform="rotate(${turned} ${round(x)} ${round(y)})"`;
  const styled = look === undefined ? '' : ` class="${look}"`;
  return `<text x="${round(x)}" y="${round(y)}"${styled}${turn}>${escapeXml(words)}</text>`;
}

export function drawLine([x1, y1, x2, y2]: readonly [number, number, number, number], look = 'line'): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" class="${look}"/>`;
}

/** Two digits are a hundredth of a pixel. */
export const round = (value: number): number => Math.round(value * 100) / 100;

/** At most so many signs, cut in the middle: names often differ at their ends. */
export function shorten(text: string, most: number): string {
  const signs = [...text.replace(/\s+/g, ' ').trim()];
  if (signs.length <= most) return signs.join('');
  const head = Math.ceil((most - 1) * 0.6);
  return `${signs.slice(0, head).join('')}…${signs.slice(signs.length - (most - 1 - head)).join('')}`;
}
