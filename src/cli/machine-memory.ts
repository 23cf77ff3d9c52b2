import { totalmem } from 'node:os';

/** Bytes of the machine, or of the container where that has fewer. */
export function machineMemory(): number {
  const limit = process.constrainedMemory();
  return Math.min(totalmem(), limit === 0 ? Number.POSITIVE_INFINITY : limit);
}

/**
 * What a training takes: its programs, and for each character of the texts the n-grams and copies of them. Measured:
 * 24 bytes with `logreg` (200,000 tickets), 85 with `union`, which reads characters as well (30,000 tickets of 450
 * characters, 1.65 GB). Six tenths of the machine may go into it.
 */
const training = { itself: 5e8, character: 100, share: 0.6 };

/** Characters of all texts together that a training on this machine may hold; at most 600 million. */
export function charactersThatFit(memory = machineMemory()): number {
  const fitting = Math.floor((training.share * memory - training.itself) / training.character);
  return Math.min(600_000_000, Math.max(1_000_000, fitting));
}
