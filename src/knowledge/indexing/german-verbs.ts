/** Prefixes that leave their verb: "melde mich an". Longest first, for the pattern. */
const particles = [
  'zusammen',
  'herunter',
  'zurück',
  'zurueck',
  'runter',
  'wieder',
  'weiter',
  'durch',
  'frei',
  'fest',
  'fort',
  'hoch',
  'nach',
  'statt',
  'teil',
  'über',
  'ab',
  'an',
  'auf',
  'aus',
  'bei',
  'ein',
  'her',
  'hin',
  'los',
  'mit',
  'um',
  'vor',
  'weg',
  'zu',
];
const group = particles.join('|');
const participle = new RegExp(`^(${group})?ge(\\p{L}{3,}?)(?:et|t)$`, 'u');
const strongParticiple = new RegExp(`^(${group})ge(\\p{L}{3,}?)en$`, 'u');
const withZu = new RegExp(`^(${group})zu(\\p{L}{3,}?)e?n$`, 'u');
const particleSet = new Set(particles);

/**
 * The infinitive behind a participle or an infinitive with "zu": "abgebucht" → "abbuchen", "gesperrt" →
 * "sperren", "zurückzusetzen" → "zurücksetzen". A word that only looks like one ("Gehalt") gets a harmless
 * wrong one: it stands beside the word, never in its place. Null for all others. `word` is lower case.
 */
export function infinitiveOf(word: string): string | null {
  const match = participle.exec(word) ?? strongParticiple.exec(word) ?? withZu.exec(word);
  return match ? `${match[1] ?? ''}${match[2]}en` : null;
}

/** A prefix that may belong to a verb further left. */
export const isParticle = (word: string): boolean => particleSet.has(word);
