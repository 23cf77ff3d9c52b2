export interface BucketSize {
  readonly capacity: number;
  readonly perSecond: number;
}

/** A bucket of so many messages that fills again: bursts are let through, a flood is not. */
export function createRateBucket({ capacity, perSecond }: BucketSize, now: number) {
  let left = capacity;
  let at = now;
  return {
    /** `when` in milliseconds, never earlier than the call before. */
    take(when: number): boolean {
      left = Math.min(capacity, left + ((when - at) / 1000) * perSecond);
      at = when;
      if (left < 1) return false;
      left--;
      return true;
    },
    /** Full again: as good as a new one. */
    isFull: (when: number) => left + ((when - at) / 1000) * perSecond >= capacity,
  };
}

/** Buckets kept before those that are full again are looked for. */
const mostKept = 1_000;

/**
 * A bucket for each name. Who comes back finds the bucket as it was left, so that a new connection is no new bucket; one
 * that is full again is forgotten.
 */
export function createRateBuckets(size: BucketSize) {
  const buckets = new Map<string, ReturnType<typeof createRateBucket>>();
  let nextLook = mostKept;
  return {
    take(name: string, when: number): boolean {
      if (buckets.size >= nextLook) {
        for (const [other, bucket] of buckets) if (bucket.isFull(when)) buckets.delete(other);
        nextLook = Math.max(mostKept, 2 * buckets.size);
      }
      const bucket = buckets.get(name) ?? createRateBucket(size, when);
      buckets.set(name, bucket);
      return bucket.take(when);
    },
    get size() {
      return buckets.size;
    },
  };
}
