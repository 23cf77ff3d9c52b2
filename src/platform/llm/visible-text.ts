/** What a reader may see of a reply that comes in pieces. */
export interface VisibleText {
  push(piece: string): string;
  /** What was held back and turned out to be text. */
  end(): string;
}

const openings = ['<think>', '<thinking>', '<reasoning>'];

/**
 * Leaves out a leading block of thoughts and the blanks around the reply, so that the pieces together are what
 * `readText` reads from the whole. Blanks are held back until a word follows them.
 */
export function createVisibleText(): VisibleText {
  let state: 'start' | 'thinking' | 'lead' | 'text' = 'start';
  let held = '';
  let close = '';

  function read(): string {
    if (state === 'start') {
      const begun = held.trimStart();
      const opening = openings.find((tag) => begun.toLowerCase().startsWith(tag));
      if (opening !== undefined) {
        state = 'thinking';
        close = opening.replace('<', '</');
      } else if (begun === '' || openings.some((tag) => tag.startsWith(begun.toLowerCase()))) return '';
      else state = 'lead';
    }
    if (state === 'thinking') {
      const at = held.toLowerCase().indexOf(close);
      if (at === -1) return '';
      held = held.slice(at + close.length);
      state = 'lead';
    }
    if (state === 'lead') {
      held = held.trimStart();
      if (held === '') return '';
      state = 'text';
    }
    const shown = held.trimEnd();
    held = held.slice(shown.length);
    return shown;
  }

  return {
    push(piece) {
      held += piece;
      return read();
    },
    end: () => (state === 'start' ? held.trim() : ''),
  };
}
