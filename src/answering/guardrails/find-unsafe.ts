import { findOrders } from '../../intake/index.ts';
import { splitSentences } from '../../ml/index.ts';
import type { Draft, Passage } from '../../ticket/index.ts';
import type { AtSendFacts } from './check.ts';
import { plain } from './plain-text.ts';

export interface UnsafeFinding {
  readonly kind: 'claimed-action' | 'promise' | 'leak' | 'obeyed-instruction';
  readonly sentence: string;
}

/**
 * What must never reach a customer, in English and German alike: actions that nobody has done, promises that
 * the knowledge does not make, secrets and instructions of the machine, obedience to an injected order.
 * Word-for-word sentences of the passages are the company's own and are left alone, except for leaks.
 */
export function findUnsafe(
  draft: Pick<Draft, 'text'>,
  passages: readonly Passage[],
  message: string,
  setAside: readonly string[] = [],
): UnsafeFinding[] {
  const known = passages.map((passage) => plain(passage.text));
  const orders = [...findOrders(message), ...setAside];
  const findings: UnsafeFinding[] = [];
  for (const { text } of splitSentences(draft.text)) {
    if (leaks.some((pattern) => pattern.test(text))) findings.push({ kind: 'leak', sentence: text });
    if (known.some((passage) => passage.includes(plain(text)))) continue;
    if (claims(text, claimedActions)) findings.push({ kind: 'claimed-action', sentence: text });
    if (claims(text, promises)) findings.push({ kind: 'promise', sentence: text });
    if (orders.some((order) => obeys(text, order))) findings.push({ kind: 'obeyed-instruction', sentence: text });
  }
  return findings;
}

/** The same for the facts of a check; the checks of one draft share one search. */
export function findUnsafeIn(facts: AtSendFacts): readonly UnsafeFinding[] {
  const before = searched.get(facts);
  if (before !== undefined) return before;
  const found = findUnsafe(facts.draft, facts.passages, `${facts.subject}\n${facts.message}`, facts.setAside);
  searched.set(facts, found);
  return found;
}

const searched = new WeakMap<AtSendFacts, readonly UnsafeFinding[]>();

/** The findings as the sentence of a check. */
export const quoteFindings = (words: string, found: readonly UnsafeFinding[]) =>
  `${words}: ${found.map(({ sentence }) => `“${sentence}”`).join(', ')}`;

const doneEnglish =
  'refunded|credited|reimbursed|cancelled|canceled|deleted|removed|reset|unlocked|unblocked|changed|updated|upgraded|downgraded|activated|deactivated|extended|processed|issued|transferred|paid|waived|compensated|corrected|fixed|repaired|resolved|replaced|shipped|ordered|booked|approved|granted|sent|arranged|applied|reopened|restored|escalated|forwarded|scheduled|adjusted|removed|added';
const doneGerman =
  'erstattet|zurückerstattet|gutgeschrieben|zurücküberwiesen|überwiesen|storniert|gekündigt|gelöscht|entfernt|zurückgesetzt|entsperrt|freigeschaltet|geändert|aktualisiert|hochgestuft|herabgestuft|aktiviert|deaktiviert|verlängert|veranlasst|ausgezahlt|erlassen|korrigiert|behoben|repariert|gelöst|ersetzt|verschickt|versendet|bestellt|gebucht|genehmigt|bewilligt|gesendet|zugeschickt|wiederhergestellt|weitergeleitet|eskaliert|angepasst|hinzugefügt|erledigt|vermerkt|bearbeitet|ausgetauscht|eingerichtet';

const claimedActions: readonly RegExp[] = [
  new RegExp(`\\b(?:i|we)(?:'ve|’ve| have|'d|’d| had)? (?:\\w+ ){0,2}(?:${doneEnglish})\\b(?! (?:by|if|when))`, 'iu'),
  new RegExp(`\\b(?:your|the) (?:[\\w-]+ ){1,4}(?:has|have) (?:\\w+ ){0,2}been (?:\\w+ )?(?:${doneEnglish})\\b`, 'iu'),
  /\b(?:refund|payment|replacement|credit|cancellation)(?: \w+){0,3} (?:is|are) (?:on (?:its|the|their) way|already (?:done|processed|complete))\b/iu,
  new RegExp(`(?<!\\p{L})(?:ich|wir) hab(?:e|en)?(?!\\p{L})[^.!?]{0,120}(?<!\\p{L})(?:${doneGerman})(?!\\p{L})`, 'iu'),
  new RegExp(`(?<!\\p{L})hab(?:e|en) (?:ich|wir)(?!\\p{L})[^.!?]{0,120}(?<!\\p{L})(?:${doneGerman})(?!\\p{L})`, 'iu'),
  new RegExp(
    `(?<!\\p{L})(?:ihr|ihre|ihnen|dein|deine|dir|der betrag|das geld|die (?:zahlung|rechnung|erstattung|gutschrift))(?!\\p{L})[^.!?]{0,60}(?<!\\p{L})(?:wurden?|ist|sind)(?!\\p{L})[^.!?]{0,60}(?<!\\p{L})(?:${doneGerman})(?: worden)?(?!\\p{L})`,
    'iu',
  ),
  new RegExp(
    `(?<!\\p{L})(?:wurden?)(?!\\p{L}) (?:ihnen|dir)(?!\\p{L})[^.!?]{0,60}(?<!\\p{L})(?:${doneGerman})(?!\\p{L})`,
    'iu',
  ),
];

const promises: readonly RegExp[] = [
  /\b(?:we|i)(?: can| do| hereby)? (?:guarantee|promise|assure|vow|pledge)\b/iu,
  /\b(?:guaranteed|you have (?:my|our) word|without (?:any )?(?:fail|doubt)|rest assured|100 ?% (?:sure|certain|safe))\b/iu,
  /\b(?:we|i)(?:'ll|’ll| will| shall| am going to| are going to) (?:\w+ ){0,2}(?:refund|credit|reimburse|compensate|cancel|delete|unlock|reset|extend|waive|replace|transfer|upgrade|pay|fix|repair|resolve|send you (?:a|the|your) (?:refund|replacement|new)|give you (?:a|the|your) (?:refund|discount|credit))\b/iu,
  /\byou(?:'ll|’ll| will) (?:\w+ ){0,2}(?:definitely|certainly|surely|get (?:your|the|a full) (?:money|refund)|be (?:refunded|credited|compensated|reimbursed))\b/iu,
  /\b(?:definitely|certainly) (?:be|get|receive|have)\b/iu,
  /(?<!\p{L})(?:garantier\p{L}*|verspr(?:eche|echen|icht)|sichern? (?:wir|ich) (?:ihnen|dir)|versicher(?:e|n) (?:wir|ich|ihnen|dir)|(?:ich|wir) versicher(?:e|n)|(?:mein|unser) wort)(?!\p{L})/iu,
  /(?<!\p{L})(?:auf jeden fall|mit (?:absoluter )?sicherheit|hundertprozentig|100 ?% sicher|zweifelsfrei|ganz bestimmt|ohne jeden zweifel)(?!\p{L})/iu,
  /(?<!\p{L})(?:(?:ich|wir) werden?|werden? (?:ich|wir))(?!\p{L})[^.!?]{0,80}(?:erstatten|gutschreiben|zurückzahlen|überweisen|stornieren|kündigen|löschen|entsperren|freischalten|zurücksetzen|verlängern|ersetzen|austauschen|erlassen|auszahlen|beheben|reparieren)(?!\p{L})/iu,
  /(?<!\p{L})(?:(?:ich|wir) (?:erstatten?|schreiben?|zahlen?|überweisen?|erlassen?)|(?:erstatten?|überweisen?) (?:ich|wir)) (?:ihnen|dir)(?!\p{L})/iu,
  /(?<!\p{L})(?:sie|du) (?:bekommen|bekommst|erhalten|erhältst) (?:\p{L}+ ){0,3}(?:ihr|dein|das|den vollen) (?:geld|betrag|kaufpreis)(?!\p{L})/iu,
];

const leaks: readonly RegExp[] = [
  /\bsystem[ -]?prompt\b|\b(?:my|these) (?:hidden |secret |internal )?instructions\b|\bas an? (?:ai|large) (?:language )?model\b|\bi (?:was|am) (?:instructed|told|prompted|programmed) to\b/iu,
  /(?<!\p{L})(?:systemprompt|systemanweisung\p{L}*|meine (?:geheimen |internen )?(?:anweisungen|instruktionen|vorgaben)|als (?:ki-)?sprachmodell|ich wurde (?:angewiesen|programmiert))(?!\p{L})/iu,
  /\bsk-[\w-]{16,}|\bghp_\w{20,}|\bAKIA[A-Z0-9]{12,}|\bxox[abp]-[\w-]{10,}|\beyJ[\w-]{10,}\.[\w-]{10,}|-----BEGIN [A-Z ]*PRIVATE KEY|\bbearer [\w.-]{16,}/iu,
  /\b(?:password|passwort|kennwort|api[ -]?key|api-schlüssel|secret)\s*(?:is|ist|lautet|[:=])\s*["'„“]?(?=\S*[\d_!#$%])\S{6,}/iu,
  /\b(?:DATABASE_URL|OPENAI_API_KEY|SIGNALBOX_ADMIN_KEY|OPENAI_SECRET)\b/u,
];

/** "We cannot guarantee" and "wir haben nichts erstattet" claim nothing. */
function claims(text: string, patterns: readonly RegExp[]): boolean {
  return patterns.some((pattern) => {
    const match = pattern.exec(text);
    if (match === null) return false;
    const around = text.slice(Math.max(0, match.index - 30), match.index + match[0].length + 12);
    return !/\b(?:not|never|cannot|can't|won't|haven't|no|if|once|as soon as|unless|whether)\b|n['’]t\b|(?<!\p{L})(?:nicht|nie|niemals|keine?n?|nichts|falls|wenn|sobald|ob|erst)(?!\p{L})/iu.test(
      around,
    );
  });
}

/** Whether the sentence says what the order wanted to be said: a quoted wording, or most of its rare words. */
function obeys(sentence: string, order: string): boolean {
  const said = plain(sentence);
  for (const [, wording] of order.matchAll(/["'„“”‚‘»«]([^"'„“”‚‘’»«]{3,})["'“”‘’«»]/gu)) {
    if (isTelling(wording!) && said.includes(plain(wording!))) return true;
  }
  const wanted = /\b(?:say|write|reply|answer|respond|output|print|sage|schreibe?|antworte|gib)\b(.{3,})$/iu.exec(
    order,
  )?.[1];
  const words = (wanted ?? '').toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  const met = words.filter((word) => said.includes(word)).length;
  return words.length >= 2 && met / words.length >= 0.8;
}

/** A word that may stand in any sentence shows nothing. */
const isTelling = (wording: string) => (wording.match(/\p{L}{3,}/gu) ?? []).join('').length >= 6;
