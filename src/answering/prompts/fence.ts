import { randomBytes } from 'node:crypto';

/**
 * Untrusted texts stand in a prompt between `<<<name FENCE` and `FENCE name>>>`. The fence is new for each
 * prompt and cannot be guessed, so no text can close its own block; and since a draft has no reason to name
 * it, it also shows when a draft repeats its instructions.
 */
export type NewFence = () => string;

export const randomFence: NewFence = () => randomBytes(8).toString('hex');

const blockPattern = (fence: string) => new RegExp(`^<<<(\\w+) ${fence}$[\\s\\S]*?^${fence} \\1>>>$`, 'gm');

/** A prompt without its blocks: what is left was written by us. */
export function outsideBlocks(prompt: string, fence: string): string {
  return prompt.replaceAll(blockPattern(fence), '');
}

/** Characters that nobody sees but a model reads: control characters, tags, direction marks. Half pairs are made whole. */
const unseen = /[^\P{Cc}\n\r\t]|[\u{e0000}-\u{e007f}\u202a-\u202e\u2066-\u2069]/gu;

/** A text from outside as it may stand in a block. Only what no reader would see is taken out. */
export function readable(text: string): string {
  return text.toWellFormed().replace(unseen, '');
}
