/** A bucket of so many messages that fills again: bursts are let through, a flood is not. */
export function createRateBucket({ capacity, perSecond }: { capacity: number; perSecond: number }, now: number) {
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
  };
}
