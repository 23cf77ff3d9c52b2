import type { Turn } from '../../ticket/index.ts';

/** Bounds of the conversation in a prompt: what is older or longer says little about the present question. */
const most = { turns: 8, characters: 600, all: 3_000 } as const;

export interface ShownTurn {
  readonly author: 'customer' | 'us';
  readonly text: string;
}

/** The last turns of a conversation, oldest first, each cut in its middle; what the system noted is left out. */
export function trimTurns(turns: readonly Turn[]): ShownTurn[] {
  const shown: ShownTurn[] = [];
  let length = 0;
  const said = turns.filter(({ author, text }) => author !== 'system' && text.trim() !== '');
  for (const { author, text } of said.slice(-most.turns).reverse()) {
    const short = shorten(text.trim());
    length += short.length;
    if (length > most.all) break;
    shown.unshift({ author: author === 'customer' ? 'customer' : 'us', text: short });
  }
  return shown;
}

function shorten(text: string): string {
  if (text.length <= most.characters) return text;
  const half = most.characters / 2;
  // toWellFormed: a cut through a pair of surrogates leaves no half behind.
  return `${text.slice(0, half)} … ${text.slice(-half)}`.toWellFormed();
}
