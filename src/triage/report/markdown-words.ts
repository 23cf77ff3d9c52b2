import type { Bounds } from './report-shape.ts';

/** Names come out of people's files: nothing in them may become a table, a link or HTML. */
export function plain(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const short = line.length > 80 ? `${line.slice(0, 79)}…` : line;
  return short.replace(/[\\`*_[\]<>|#~&!]/g, '\\$&');
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
