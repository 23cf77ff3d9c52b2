const prime = 0x01000193;
const shortest = 3;
const longest = 5;

/**
 * Hashes (32 bits) of the groups of three to five letters of a word, its ends marked ("<in", "ing", "ng>"), as in
 * P. Bojanowski et al., Enriching Word Vectors with Subword Information, 2017. FNV-1a over UTF-16 units. A group that
 * stands twice comes twice. O(letters).
 */
export function subwordsOf(word: string): number[] {
  const marked = `<${word}>`;
  const found: number[] = [];
  for (let start = 0; start + shortest <= marked.length; start++) {
    let hash = 0x811c9dc5;
    const end = Math.min(marked.length, start + longest);
    for (let i = start; i < end; i++) {
      hash = Math.imul(hash ^ marked.charCodeAt(i), prime);
      if (i - start + 1 >= shortest) found.push(mixed(hash));
    }
  }
  return found;
}

/** Murmur3's last step: the low bits of FNV alone, by which the table places a hash, say little of the first letters. */
function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
