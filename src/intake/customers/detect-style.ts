import type { CommunicationStyle } from '../../ticket/index.ts';

/** How somebody writes, read from words of English and German; the same texts always give the same style. */

const cues: Readonly<Record<'formal' | 'casual' | 'technical', RegExp>> = {
  formal:
    /\b(?:dear (?:sir|madam|team|mr|mrs|ms|support)\w*|yours (?:sincerely|faithfully)|(?:kind|best) regards|i would (?:be grateful|appreciate|like to)|i am writing|would you (?:kindly|please)|hereby|with reference to|furthermore|please find|sehr geehrte\w*|guten tag|mit freundlichen grüßen|hochachtungsvoll|hiermit|bezugnehmend|bezüglich|ich bitte (?:sie|um)|würden sie|könnten sie|wäre ihnen|des weiteren|darüber hinaus)\b/giu,
  casual:
    /\b(?:hey|hi there|hiya|yo|gonna|wanna|gotta|kinda|dunno|thx|pls|plz|lol|omg|btw|cheers|u guys|ya|yeah|nope|cool|hallöchen|moin|servus|na ihr|mal eben|kannste|habt ihr|könnt ihr|ihr|euch|euer|eure|nen|nix|geht's|gibt's|krass|bitte mal|lg|vg|danke euch)\b|[:;]-?[)(DP]|\p{Extended_Pictographic}|!{2,}/giu,
  technical:
    /\b(?:api|http[s]?|json|xml|sql|ssl|tls|dns|tcp|udp|ip|vpn|cli|sdk|oauth|saml|sso|csv|cpu|ram|log|logs|stack ?trace|exception|endpoint|payload|header|request id|timeout|regression|firmware|driver|kernel|config\w*|webhook|curl|docker|kubernetes|localhost|version \d[\d.]*|v\d+\.\d+[\d.]*|error code|errno|status code|port \d+|server|router|firewall|konfiguration|schnittstelle|fehlercode|treiber|protokolldatei|zertifikat|reproduzier\w*|reproduc\w*)\b|`[^`]+`|\b[45]\d\d\b|\b0x[0-9a-f]+\b|\b\w+\(\)|(?:^|\s)\/\w+\/\w+/giu,
};

const least: Readonly<Record<keyof typeof cues, number>> = { formal: 1, casual: 1, technical: 2 };

/** Words per message up to which somebody is brief, where nothing else tells more; one short question is no style yet. */
const briefWords = 8;
const briefMessages = 2;

/**
 * Style of the texts of one customer. Cues are counted over all texts: technical needs two different ones, formal and
 * casual one each; of several the one with most, in the order technical, formal, casual where they are level. Without
 * any, two or more messages that are short on average are brief, and the rest is neutral. O(length); at most 2,000 characters of a text are
 * read, because what comes after is a log or a quoted mail.
 */
export function detectStyle(texts: readonly string[]): CommunicationStyle {
  const read = texts.map((text) => text.slice(0, 2_000)).filter((text) => text.trim() !== '');
  if (read.length === 0) return 'neutral';
  let best: CommunicationStyle = 'neutral';
  let most = 0;
  for (const style of ['technical', 'formal', 'casual'] as const) {
    const count = countCues(read, style);
    if (count >= least[style] && count > most) {
      best = style;
      most = count;
    }
  }
  if (best !== 'neutral' || read.length < briefMessages) return best;
  const words = read.reduce((sum, text) => sum + (text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0), 0);
  return words / read.length <= briefWords ? 'brief' : 'neutral';
}

/** Different cues, so that one word said ten times counts once. */
function countCues(texts: readonly string[], style: keyof typeof cues): number {
  const found = new Set<string>();
  for (const text of texts) for (const [cue] of text.matchAll(cues[style])) found.add(cue.trim().toLowerCase());
  return found.size;
}
