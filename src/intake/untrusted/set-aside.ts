/**
 * Why a part of a message is not read by the machine:
 * `quoted-mail` an earlier mail that hangs below · `hidden-html`, `html-comment`, `hidden-text` what a reader would not
 * see · `instruction` an order to the machine · `role-marker` a line that poses as another speaker of a prompt ·
 * `encoded` a long run of base64 or hexadecimal · `unrelated` a task for any assistant that hangs on to a message
 * about something else. People always see everything.
 */
export const setAsideKinds = [
  'quoted-mail',
  'hidden-html',
  'html-comment',
  'hidden-text',
  'instruction',
  'role-marker',
  'encoded',
  'unrelated',
] as const;
export type SetAsideKind = (typeof setAsideKinds)[number];

export interface SetAside {
  readonly kind: SetAsideKind;
  /** The beginning of the part, at most 500 characters. */
  readonly text: string;
  /** Where it was found, and the place of its first character there, in UTF-16 units of what the step before left. */
  readonly where: 'subject' | 'body' | 'attachment';
  readonly at: number;
}

export type Part = Omit<SetAside, 'where'>;

/** What a step leaves of a text, and what it took out. The very same text when it took nothing. */
export interface Left {
  readonly text: string;
  readonly parts: readonly Part[];
}

export const nothing = (text: string): Left => ({ text, parts: [] });

/** Cut between characters: half of a surrogate pair cannot be stored. */
export function excerpt(text: string): string {
  const trimmed = text.trim();
  return trimmed.length <= 500
    ? trimmed
    : `${trimmed
        .slice(0, 499)
        .toWellFormed()
        .replace(/\uFFFD$/u, '')}…`;
}

export interface Cut {
  readonly start: number;
  readonly end: number;
  readonly kind: SetAsideKind;
}

/** Takes stretches out of a text; they are in order and do not overlap. `filler` keeps the words around apart. */
export function cutOut(text: string, cuts: readonly Cut[], filler = '\n'): Left {
  if (cuts.length === 0) return nothing(text);
  let rest = '';
  let from = 0;
  const parts: Part[] = [];
  for (const { start, end, kind } of cuts) {
    rest += text.slice(from, start) + filler;
    const taken = excerpt(text.slice(start, end));
    if (taken !== '') parts.push({ kind, text: taken, at: start });
    from = end;
  }
  return { text: tidy(rest + text.slice(from)), parts };
}

/** Empty lines that cutting leaves behind. */
const tidy = (text: string) =>
  text
    .replaceAll(/(?<![ \t])[ \t]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
