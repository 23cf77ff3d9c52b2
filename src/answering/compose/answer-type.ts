import type { Language } from '../../ticket/index.ts';
import type { ValueKind } from './values.ts';

/** What kind of answer a question expects: any of `kinds` will do; empty when it does not show. */
export interface AnswerType {
  readonly name: string;
  readonly kinds: readonly ValueKind[];
}

type Rule = readonly [name: string, pattern: RegExp, kinds: readonly ValueKind[]];

/** The first rule that fits decides: the narrow ones stand before the wide ones. */
const english: readonly Rule[] = [
  ['frequency', /\bhow (?:often|frequently|regularly)\b|\bwhat interval/i, ['frequency', 'duration']],
  [
    'duration',
    /\b(?:how (?:long|soon|quick(?:ly)?|fast|early|much (?:time|notice|longer)|many (?:\w+ )?(?:seconds|minutes|hours|days|weeks|months|years))|within what|by when|until when|what(?:'s| is) the (?:deadline|notice|time limit|(?:\w+ )?period|turnaround|response time|delivery time|warranty)|(?:deadline|notice period|time ?frame|time limit)\b)/i,
    ['duration', 'clock', 'date'],
  ],
  [
    'money',
    /\b(?:how much (?:is|are|does|do|would|will|did|for|money|should|must|it|the (?!storage|space|data|memory|time))|what (?:does|do|would|will) .{0,60}\bcosts?\b|\bprices?\b|\bpricing\b|\bfees?\b|\bcharged? (?:for|extra)\b|\bcosts?\b|\bfree\b|\bfor nothing\b|\bsurcharge|\bcheap|\bexpensive)/i,
    ['money', 'percent'],
  ],
  [
    'percent',
    /\b(?:what (?:percentage|percent|share|rate|discount|uptime|availability)|how (?:high|big|large) is the (?:discount|vat|tax|rate)|\bvat rate|\bdiscount\b|\buptime\b|\bavailability (?:is|do)|\bsla\b)/i,
    ['percent'],
  ],
  [
    'size',
    /\b(?:how (?:big|large|heavy|wide|tall|much (?:storage|space|data|memory|ram|disk|bandwidth))|what (?:size|resolution|dimensions|weight|length)|(?:file|maximum|max) size|\bmegabytes?\b|\bresolution\b|\bweigh)/i,
    ['size'],
  ],
  [
    'count',
    /\b(?:how many|number of|what(?:'s| is) the (?:maximum|limit|max)|how much)\b/i,
    ['count', 'size', 'percent'],
  ],
  [
    'phone',
    /\b(?:(?:phone|telephone|hotline) ?(?:number)?|call you|number (?:can|do|should) i (?:call|ring|dial)|ring you|number to (?:call|ring))\b/i,
    ['phone', 'clock', 'date'],
  ],
  [
    'email',
    /\b(?:e-?mail address|which e-?mail|what e-?mail|who (?:do|should|can|must) (?:i|we) (?:write|e-?mail|contact|turn|send|report|ask|tell|inform)|where (?:do|should|can|must) (?:i|we) (?:write|send|report|complain))/i,
    ['email', 'url', 'phone', 'path'],
  ],
  [
    'url',
    /\b(?:url|web ?site|web ?page|link|web address|which (?:page|address|site)|what(?:'s| is) the address|endpoint|host ?name)\b/i,
    ['url', 'path', 'email', 'place'],
  ],
  [
    'version',
    /\b(?:which|what|minimum|oldest|newest|latest|current) (?:\w+ )?versions?\b|\bversion of\b|\boperating systems?\b|\bcompatible\b/i,
    ['version', 'count'],
  ],
  [
    'clock',
    /\b(?:what time|when (?:are|is) .{0,40}\b(?:open|reachable|available)|opening (?:hours|times)|office hours|at what hour|which hours|what hours|business hours|weekend|saturday|sunday)/i,
    ['clock', 'date', 'duration'],
  ],
  [
    'date',
    /\b(?:when|what date|which (?:day|month|year|date)|what (?:day|month|year))\b/i,
    ['date', 'clock', 'duration', 'frequency'],
  ],
  [
    'place',
    /\b(?:where|which (?:menu|countr(?:y|ies)|cit(?:y|ies)|place|data cent\w+)|what(?:'s| is) the postal|in which|location|located)\b/i,
    ['path', 'url', 'place', 'email'],
  ],
  [
    'instruction',
    /\b(?:how (?:do|can|could|would|should|to|must|might|am)|what (?:do|should|must|can|shall) (?:i|we)|steps|instructions|help me|what now|fix|solve|get rid|way to)\b/i,
    ['instruction', 'path', 'email', 'url'],
  ],
  [
    'list',
    /\b(?:which|what (?:kinds?|types?|formats?|languages?|cards?|methods?|options?|protocols?|browsers?|roles?|plans?|documents?|details|information|permissions?))\b/i,
    ['list', 'count'],
  ],
  ['name', /\b(?:who|whose|name of)\b/i, []],
  ['definition', /\b(?:what (?:is|are|does .{1,60} mean|'s)|what's|meaning of|mean)\b/i, []],
  ['reason', /\bwhy\b/i, ['reason', 'definition']],
];

// The look-behinds before \p{L}+ let a long run of letters be tried once: 20,000 took 2 s without them.
const german: readonly Rule[] = [
  [
    'frequency',
    /\bwie (?:oft|häufig|regelmäßig)|\bin welche[nm] (?:abst[aä]nd|rhythmus|intervall|turnus)/iu,
    ['frequency', 'duration'],
  ],
  [
    'duration',
    /\bwie (?:lang|schnell|bald|früh|rasch|viel(?:e)? (?:\p{L}+ )?(?:zeit|sekunden|minuten|stunden|tagen?|werktagen?|wochen|monaten?|jahren?|vorlauf))|\bbis wann|\bab wann|\binnerhalb welcher|\bwelche (?:frist|dauer|laufzeit)|\bfrist(?:en)?\b|(?<!\p{L})\p{L}+frist\b|(?<!\p{L})\p{L}*dauer\b|\bdauert\b|\breaktionszeit|\bantwortzeit|\blieferzeit|\blaufzeit|\bgarantie\b|\bzahlungsziel/iu,
    ['duration', 'clock', 'date'],
  ],
  [
    'money',
    /\b(?:was kostet|was kosten|kosten|kostet|preise?|wie teuer|gebühr|gebühren|wie ?viel (?:kostet|kosten|zahle|zahlt|zahlen|bezahle|muss|müssen|verlangt|berechnet|geld|euro|pfund)|kostenlos|kostenfrei|gratis|umsonst|aufpreis|kostenpflichtig)\b|(?<!\p{L})\p{L}+(?:kosten|preis|gebühr|gebühren)\b|\bteuer\b/iu,
    ['money', 'percent'],
  ],
  [
    'percent',
    /\b(?:wie ?viel(?:e)? prozent|welche[rn]? (?:prozentsatz|rabatt|verfügbarkeit|steuersatz)|wie hoch ist (?:der|die) (?:rabatt|verfügbarkeit|steuer|mehrwertsteuer|umsatzsteuer|nachlass)|rabatt|nachlass|verfügbarkeit|mehrwertsteuer)\b/iu,
    ['percent'],
  ],
  [
    'size',
    /\b(?:wie (?:groß|gross|schwer|breit|lang darf)|wie ?viel (?:speicher\p{L}*|platz|arbeitsspeicher|ram|bandbreite)|auflösung|maße|gewicht|dateigröße|megabyte|gigabyte)\b/iu,
    ['size'],
  ],
  [
    'count',
    /\b(?:wie ?viele?|anzahl|wie hoch ist (?:das|die) (?:limit|grenze|zahl)|obergrenze|höchstzahl)\b/iu,
    ['count', 'size', 'percent'],
  ],
  [
    'phone',
    /\b(?:telefonnummer|rufnummer|hotline|welche nummer|anrufen|telefonisch|durchwahl)\b/iu,
    ['phone', 'clock', 'date'],
  ],
  [
    'email',
    /\b(?:e-?mail-?adresse|mailadresse|welche e-?mail|an wen|bei wem|wohin (?:schicke|sende|schreibe|melde|wende|richte|schicken|senden|schreiben|melden|wenden|kann|soll|muss))/iu,
    ['email', 'url', 'phone', 'path'],
  ],
  [
    'url',
    /\b(?:url|webseite|website|internetseite|link|webadresse|welche (?:seite|adresse)|adresse|endpunkt)\b/iu,
    ['url', 'path', 'email', 'place'],
  ],
  [
    'version',
    /\bwelche (?:\p{L}+ )?version|\bwelche[sn]? (?:betriebssystem|windows|android|ios|macos)|\bversion\b|\bmindestversion|\bkompatibel/iu,
    ['version', 'count'],
  ],
  [
    'clock',
    /\b(?:um wie ?viel uhr|uhrzeit|öffnungszeiten|geschäftszeiten|bürozeiten|wochenende|samstags?|sonntags?|wann (?:ist|sind|hat|habt|erreiche) .{0,40}(?:erreichbar|geöffnet|offen|auf|besetzt|da))\b/iu,
    ['clock', 'date', 'duration'],
  ],
  [
    'date',
    /\b(?:wann|welche[rsmn]? (?:tag|datum|monat|jahr)|zu welchem zeitpunkt|seit wann)\b/iu,
    ['date', 'clock', 'duration', 'frequency'],
  ],
  [
    'place',
    /\b(?:wo|wohin|woher|in welche[mnr] (?:menü|land|länder\p{L}*|orte?n?|stadt|städten)|welche[sn]? (?:land|stadt|rechenzentrum)|standort\p{L}*)\b/iu,
    ['path', 'url', 'place', 'email'],
  ],
  [
    'instruction',
    /\b(?:wie (?:kann|können|könnte|könnten|mach\p{L}*|geh\p{L}*|lass\p{L}*|soll|muss|komm\p{L}*|bekomm\p{L}*|krieg\p{L}*|änder\p{L}*|stell\p{L}*|richt\p{L}*|leg\p{L}*|lad\p{L}*|kündig\p{L}*|werd\p{L}*|funktioniert|beantrag\p{L}*|\p{L}+e ich|\p{L}+en wir)|was (?:muss|soll|sollen|müssen|kann|können|tun|mache|machen|jetzt|nun)|schritte|anleitung|hilfe|beheben|lösen|loswerden)\b/iu,
    ['instruction', 'path', 'email', 'url'],
  ],
  ['list', /\b(?:welche[rsmn]?|was für)\b/iu, ['list', 'count']],
  ['name', /\b(?:wer|wem|wen|wessen)\b/iu, []],
  ['definition', /\b(?:was (?:ist|sind|bedeutet|bedeuten|heißt)|bedeutung)\b/iu, []],
  ['reason', /\b(?:warum|weshalb|wieso)\b/iu, ['reason', 'definition']],
];

const unknown: AnswerType = { name: 'any', kinds: [] };

/** The kind of answer that `ask` expects. */
export function findAnswerType(ask: string, language: Language): AnswerType {
  const rules = language === 'de' ? german : english;
  const rule = rules.find(([, pattern]) => pattern.test(ask));
  return rule ? { name: rule[0], kinds: rule[2] } : unknown;
}
