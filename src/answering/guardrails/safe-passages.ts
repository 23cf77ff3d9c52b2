import { readDocumentText } from '../../intake/index.ts';
import type { Passage } from '../../ticket/index.ts';

export interface SafePassages {
  /** Passages without orders to the machine; one that holds nothing else is left out. */
  readonly passages: readonly Passage[];
  /** For the person who reads the review: which document holds an order. */
  readonly notes: readonly string[];
}

/** A document is written by many hands, and uploaded by some: what it orders is neither quoted nor shown to a model. */
export function makeSafe(passages: readonly Passage[]): SafePassages {
  const notes: string[] = [];
  const safe: Passage[] = [];
  for (const passage of passages) {
    const { text, setAside } = readDocumentText(passage.text, passage.heading);
    if (setAside.length === 0) safe.push(passage);
    else {
      notes.push(`“${passage.document}” holds an order to the machine, which was left out: “${setAside[0]!.text}”`);
      if (/[\p{L}\p{N}]/u.test(text)) safe.push({ ...passage, text });
    }
  }
  return { passages: notes.length === 0 ? passages : safe, notes };
}
