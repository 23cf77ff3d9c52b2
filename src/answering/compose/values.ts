/** Kinds of facts that a sentence can hold and a question can ask for. */
export const valueKinds = [
  'duration',
  'money',
  'percent',
  'size',
  'count',
  'frequency',
  'clock',
  'date',
  'email',
  'phone',
  'url',
  'path',
  'place',
  'code',
  'version',
  'name',
  'definition',
  'reason',
  'instruction',
  'negation',
  'list',
] as const;
export type ValueKind = (typeof valueKinds)[number];

const units =
  'seconds?|minutes?|hours?|days?|weeks?|months?|years?|sekunden?|minuten?|stunden?|tage?n?|wochen?|monate?n?|jahre?n?|werktage?n?|(?:business|working|calendar|support) (?:days?|hours?)|support-?stunden?|kalendertage?n?';
const months =
  'january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember';
const days =
  'mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonntags?';

const patterns: readonly (readonly [ValueKind, RegExp])[] = [
  [
    'duration',
    new RegExp(
      `\\d[\\d.,]*\\s*(?:(?:to|bis|-|–|und|and|or|oder)\\s*\\d[\\d.,]*\\s*)?(?:more )?(?:${units})\\b|\\b(?:at once|immediately|instantly|sofort|umgehend|around the clock|rund um die uhr|(?:number of|so viele) (?:${units}))\\b`,
      'iu',
    ),
  ],
  [
    'money',
    /[€£$]\s?\d|\d[\d.,]*\s?(?:€|£|\$|eur\b|euro\b|gbp\b|chf\b)|\b(?:free of charge|no charge|free|kostenlos|kostenfrei|gratis|unentgeltlich|costs? nothing|kostet nichts|nicht berechnet)\b/iu,
  ],
  ['percent', /\d[\d.,]*\s?(?:%|percent\b|prozent\b)/iu],
  [
    'size',
    /\d[\d.,]*\s?(?:[kmgt]b\b|[kmgt]?bit\/s|[kmg]b\/s|mm\b|cm\b|kg\b|g\b|px\b|pixels?\b|ghz\b|inch\b|zoll\b|characters?\b|zeichen\b|digits?\b|ziffern\b|met(?:re|er)s?n?\b|ms\b)|-inch\b|\d\s?×\s?\d/iu,
  ],
  [
    'count',
    /\b\d[\d.,]*\b(?!\s?[%€£])|\b(?:one|two|three|four|five|six|ten|twelve|unlimited|zwei|drei|vier|fünf|sechs|zehn|zwölf|genau einen?|exactly one|unbegrenzt|not limited|nicht begrenzt)\b/iu,
  ],
  [
    'frequency',
    /\b(?:every|once|twice|daily|weekly|monthly|yearly|per (?:day|week|month|year|minute)|(?:three|four|\d+) times|alle \d|jede[nrs]? |täglich|wöchentlich|monatlich|jährlich|einmal|zweimal|dreimal|viermal|\d-mal|pro (?:tag|woche|monat|jahr|minute)|im jahr)\b/iu,
  ],
  ['clock', /\b\d{1,2}:\d{2}\b|\b\d{1,2}\s?(?:uhr|am|pm)\b|\b(?:around the clock|rund um die uhr|24\/7)\b/iu],
  ['date', new RegExp(`\\b(?:${months})\\b|\\b(?:${days})\\b|\\b(?:19|20)\\d{2}\\b|\\b\\d{1,2}\\.\\d{1,2}\\.`, 'iu')],
  ['email', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/u],
  ['phone', /\+?\d{2,}[\d ()/-]{6,}\d/u],
  ['url', /https?:\/\/\S+|(?<![@\w.-])(?:[\w-]+\.)+[a-z]{2,}(?:\/[\w./-]*)?\b(?!@)/u],
  ['path', /\*\*[^*]+\*\*|\S+ > \S+|\S+ › \S+/u],
  [
    'place',
    /\b\d{5}\b|\b\d+ [A-Z]\w+ (?:Street|Road|Yard|Lane)|\p{L}+(?:straße|strasse|gasse|weg|platz|hof) \d+|\b(?:in|nach|to) \p{Lu}\p{L}{3,}/u,
  ],
  ['code', /\b[A-Z]{2,}-?\d{2,}\b|\b[A-Z]{2,3}-(?=\s|\p{P}|$)|\bAES-\d+|\bSHA-?\d+/u],
  ['version', /\b\d+\.\d+\b|\bversion \d|\b(?:windows|macos|android|ios|ubuntu|debian|fedora|outlook) \d/iu],
  ['definition', /\b(?:means?|is an?|are|stands for|bedeutet|bezeichnet|steht für|ist ein|ist das|sind)\b/iu],
  ['reason', /\b(?:because|since|due to|so that|weil|denn|damit|da|wegen|deshalb|therefore)\b/iu],
  [
    'instruction',
    /\*\*[^*]+\*\*|^(?:\d+[.)]\s*)?(?:please |bitte )?(?:open|choose|select|click|enter|press|hold|touch|check|wait|switch|delete|remove|rename|restart|send|write|use|contact|ask|reply|call|set|create|update|start|book|empty|öffnen|wählen|klicken|geben|drücken|halten|tippen|prüfen|warten|schalten|löschen|entfernen|benennen|starten|senden|schreiben|nutzen|wenden|bitten|antworten|rufen|stellen|erstellen|aktualisieren|buchen|leeren|schließen|tragen|melden|verpacken|drucken|kürzen) ?|\b(?:is|are) (?:set|changed|found|created|requested|entered|reported|switched on|restored|shown|booked|ordered|cancelled|reduced|saved)\b|\b(?:write|send|report|reply|go|ask|choose) (?:to|it|a|the|with|an)\b|(?:ändern|finden|legen|stellen|wählen|tragen|richten|schalten|beantragen|kündigen|bestellen|buchen|melden|sehen|laden|exportieren|starten) sie\b/iu,
  ],
  [
    'list',
    /\p{L}[\p{L}\d .-]*, (?:[\p{L}\d .-]+, )*[\p{L}\d .-]+ (?:and|or|und|oder|sowie) \p{L}|\p{Lu}[\p{L}\d.-]* (?:[\d.]+ )?(?:and|or|und|oder|sowie) \p{Lu}/u,
  ],
  ['negation', /\b(?:not|no|never|cannot|without|only|nicht|keine?n?|nie|niemals|ohne|nur|weder)\b/iu],
];

/** Characters that are read; the time of some patterns grows with the square (20,000 hyphens took 6 s). */
const mostRead = 2_000;

/** Which kinds of values stand in the first 2,000 characters of a text. A few microseconds for a sentence. */
export function findValues(given: string): ReadonlySet<ValueKind> {
  const text = given.slice(0, mostRead);
  const found = new Set<ValueKind>();
  for (const [kind, pattern] of patterns) if (pattern.test(text)) found.add(kind);
  return found;
}
