import type { Bounds } from './report-shape.ts';

/** A name out of somebody's file, at most 80 signs. */
export function plain(text: string): string {
  const signs = [...text.replace(/\s+/g, ' ').trim()];
  return escaped(signs.length > 80 ? `${signs.slice(0, 79).join('')}…` : signs.join(''));
}

/** Nothing in it becomes a table, a link or HTML. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|#~&!]/g, '\\$&');
}

export const count = (value: number): string => value.toLocaleString('en');

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export const score = (value: number): string => value.toFixed(3);

export const span = ({ low, high }: Bounds): string => `${low.toFixed(3)} to ${high.toFixed(3)}`;

export const outOf100 = (share: number): string => `${Math.round(100 * share)}`;

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, header.map((_, i) => (i === 0 ? '---' : '---:')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Paragraphs of what is there. */
export const paragraphs = (parts: readonly (string | null)[]): string =>
  `${parts.filter((part) => part !== null && part !== '').join('\n\n')}\n`;
