import type { Entry } from './postings.ts';

/** A heap of entries by time: the oldest is taken first. Entries that are dead stay until their turn comes. */
export class OldestFirst {
  readonly #heap: Entry[] = [];

  push(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (heap[above]!.at <= entry.at) break;
      heap[at] = heap[above]!;
      at = above;
    }
    heap[at] = entry;
  }

  peek(): Entry | undefined {
    return this.#heap[0];
  }

  pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && heap[below + 1]!.at < heap[below]!.at) below++;
      if (heap[below]!.at >= last.at) break;
      heap[at] = heap[below]!;
      at = below;
    }
    heap[at] = last;
  }
}
