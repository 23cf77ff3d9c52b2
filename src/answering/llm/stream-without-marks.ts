import type { TextStream } from '../../platform/index.ts';

// The look-behinds let a long run of blanks be tried once and not at each of them.
const mark = /(?:(?<![ \t])[ \t]+)?[[【]\s*\^?\d{1,2}(?:\s*[,;–-]\s*\^?\d{1,2})*\s*[\]】]/gu;
/** What may still become a mark, with the blanks before it. */
const beginning = /(?<![ \t])[ \t]*(?:[[【][\s^\d,;–-]{0,24})?$/u;

/** Hands a text on piece by piece without the numbers of its passages; a mark may be cut between two pieces. */
export function withoutMarks(stream: TextStream): TextStream {
  let held = '';
  return {
    onText(piece) {
      const text = (held + piece).replaceAll(mark, '');
      const at = beginning.exec(text)?.index ?? text.length;
      held = text.slice(at);
      if (at > 0) stream.onText(text.slice(0, at));
    },
    onRestart() {
      held = '';
      stream.onRestart();
    },
  };
}
