/**
 * Open addressing with linear probing from a 32-bit hash to a small non-negative number. The hash is its own
 * key: with 100,000 entries an unseen n-gram meets one by chance in 1 of 43,000 cases.
 */
export class HashTable {
  private keys: Int32Array;
  /** Value + 1, so that 0 marks an empty slot. */
  private slots: Int32Array;
  private mask: number;
  size = 0;

  constructor(expected: number) {
    let capacity = 16;
    while (capacity < expected * 2) capacity *= 2;
    this.keys = new Int32Array(capacity);
    this.slots = new Int32Array(capacity);
    this.mask = capacity - 1;
  }

  /** The number stored for the hash, or -1. */
  find(hash: number): number {
    const { keys, slots, mask } = this;
    for (let i = hash & mask; ; i = (i + 1) & mask) {
      const slot = slots[i]!;
      if (slot === 0) return -1;
      if (keys[i] === hash) return slot - 1;
    }
  }

  /** The number stored for the hash; a new hash gets the next one (0, 1, 2 …). */
  findOrAdd(hash: number): number {
    if (this.size * 2 >= this.keys.length) this.grow();
    const { keys, slots, mask } = this;
    for (let i = hash & mask; ; i = (i + 1) & mask) {
      const slot = slots[i]!;
      if (slot === 0) {
        keys[i] = hash;
        slots[i] = ++this.size;
        return this.size - 1;
      }
      if (keys[i] === hash) return slot - 1;
    }
  }

  private grow(): void {
    const { keys, slots } = this;
    this.keys = new Int32Array(keys.length * 2);
    this.slots = new Int32Array(keys.length * 2);
    this.mask = this.keys.length - 1;
    for (let old = 0; old < keys.length; old++) {
      if (slots[old] === 0) continue;
      let i = keys[old]! & this.mask;
      while (this.slots[i] !== 0) i = (i + 1) & this.mask;
      this.keys[i] = keys[old]!;
      this.slots[i] = slots[old]!;
    }
  }
}

/** The table from each hash to its place in the array. */
export function tableOf(hashes: Int32Array): HashTable {
  const table = new HashTable(hashes.length);
  for (const hash of hashes) table.findOrAdd(hash);
  return table;
}
