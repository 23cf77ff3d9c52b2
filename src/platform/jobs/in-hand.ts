/** What this process works on, by id. A job counts until a moment after its batch: what came of it is being written then. */
export interface InHand {
  take(ids: readonly string[]): void;
  release(ids: readonly string[]): void;
  ids(): string[];
}

/** Longer than the queue takes to write what came of a batch; the database may have been away meanwhile. */
const afterMs = 5_000;

export function createInHand(): InHand {
  // The same job may come again before its earlier attempt is forgotten.
  const held = new Map<string, number>();
  const add = (id: string, change: number) => {
    const times = (held.get(id) ?? 0) + change;
    if (times > 0) held.set(id, times);
    else held.delete(id);
  };
  return {
    take(ids) {
      for (const id of ids) add(id, 1);
    },
    release(ids) {
      const forget = () => {
        for (const id of ids) add(id, -1);
      };
      setTimeout(forget, afterMs).unref();
    },
    ids: () => [...held.keys()],
  };
}
