/** What German puts behind the thing that it happens to, folded: "Serverausfall" is a server outage. */
const heads =
  /^(\p{L}{3,30}?)(ausfall|ausfaelle|ausfaellen|stoerung|stoerungen|fehler|fehlern|absturz|abstuerze|abstuerzen|abbruch|abbrueche|abbruechen|problem|probleme|problemen)$/u;

/**
 * A folded word as the thing and what is wrong with it, where the thing is one that is known by itself; else the word alone.
 * Without this the English half of a flood had two concepts to be found by and the German half one.
 */
export function splitCompound(word: string, isThing: (word: string) => boolean): readonly string[] {
  const parts = heads.exec(word);
  if (parts === null) return [word];
  const [, thing, head] = parts as unknown as [string, string, string];
  const known = [thing, thing.replace(/[-s]$/u, '')].find(isThing);
  return known === undefined ? [word] : [known, head];
}
