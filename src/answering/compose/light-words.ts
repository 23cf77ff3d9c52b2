import { stopWords as commonStopWords } from '../../ml/index.ts';
import type { Language } from '../../ticket/index.ts';
import { stem } from './stem.ts';

/**
 * Two lists per language. Stop words say nothing about a subject. Light words do a little: nearly every
 * question has some ("can", "need", "my company"), so a sentence that lacks them may still be the answer.
 */
const stopWords: Record<'en' | 'de', string> = {
  en: `a an the and or but if so as at by for from in into of off on onto out over to up with within without
    about after before during until till between per via than then that this these those there here it its
    i me my mine we us our ours you your yours he him his she her they them their who whom whose which what
    when where why how am is are was were be been being do does did doing have has had having will would
    shall should can could may might must not no nor yes ok okay also just only even very too much many
    more most some any each every all both other another same such own again once ever never hi hello dear
    hey thanks thank please regards cheers sir madam kind best many one im ive id dont cant isnt doesnt
    didnt wont s t re ve ll d m etc anyone someone somebody anybody now still already actually really
    exactly quick quickly question questions wondering wonder know tell let`,
  de: `der die das den dem des ein eine einen einem einer eines und oder aber wenn falls so als am an auf aus
    bei beim bis da damit dass daß denn doch dort durch für gegen gegenüber hier hinter im in ins ihm ihn ihr
    ihre ihrem ihren ihrer ihres ich mich mir mein meine meinem meinen meiner meines wir uns unser unsere
    unserem unseren unserer du dich dir dein deine deinem deinen deiner sie er es man sich nach neben nicht
    kein keine keinen keinem keiner nein ja ob ohne über um unter vom von vor während wegen wie wo wer wen
    wem was wann warum weshalb wieso wohin woher womit worauf wofür wodurch welche welcher welches welchen
    welchem zu zum zur zwischen ist sind war waren bin bist sein seid wird werden wurde wurden worden haben
    hat habe hatte hatten hast habt kann können könnte könnten kannst könnt konnte muss müssen müsste musst
    müsst soll sollen sollte sollten darf dürfen dürfte will wollen möchte möchten mag würde würden auch nur
    noch schon mal bitte danke vielen dank hallo guten tag morgen abend moin servus grüße gruß grüßen
    freundlichen liebe lieber sehr geehrte damen herren mit dann also denn eigentlich genau gerne gern etwa
    eben halt einfach nun jetzt wieder immer nie alle alles allen aller viel viele vielen mehr dies diese
    dieser dieses diesen diesem jede jeder jedes jeden jedem andere anderen anderer anderes selbst sowie
    bzw usw etc z b d h frage fragen wissen sagen lassen hätte hätten wäre wären ab je pro euch euer eure eurem euren eurer
    nehmt habt macht`,
};

const lightWords: Record<'en' | 'de', string> = {
  en: `get gets getting got go goes going want wants wanted need needs needed like use uses used using make
    makes made take takes taken give gives given work works working happen happens happened possible able
    allow allowed allows available offer offers offered help helps find see show set put keep keeps come
    comes run have thing things something anything way ways case kind type sort bit lot long large big high
    fast soon often far old new good right live lives time times day currently today company business firm office
    team customer customers client colleague colleagues user users person people guy boss
    support service quillhaven tool try tries tried trying look looks
    looking seem seems say says said mean means mentioned read reads understand expect exist exists order
    maximum minimum max min limit total altogether single different least first next last since ago roughly
    approximately usually normally general actual several once multiple certain specific information info details detail`,
  de: `geht gehen ging gibt geben gab kommt kommen kam macht machen gemacht tun tut brauche brauchen braucht
    benötige benötigen benötigt nutzen nutze nutzt nutzung verwenden möglich möglichkeit erlaubt verfügbar
    angeboten anbieten bietet bieten bekomme bekommen bekommt erhalte erhalten erhält finde finden findet
    sehe sehen sieht zeigen zeigt funktioniert funktionieren läuft laufen passiert passieren steht stehen
    liegt liegen bleibt bleiben heißt heißen gelten gilt maximal minimal höchstens mindestens maximum
    insgesamt gesamt einzelne einzelnen lange lang länge groß große größe hoch hohe höhe schnell bald oft weit
    alt neu neue neuen neuer neues gut richtig zeit mal tag tage derzeit momentan aktuell aktuelle heute firma
    unternehmen betrieb büro geschäft kunde kunden kollege kollegen kollegin mitarbeiter mitarbeiterin
    mitarbeitern benutzer nutzer person personen leute chef support dienst service quillhaven
    versuche versuchen versucht suche suchen meine meinen gemeint lese gelesen
    verstehe bestimmte bestimmten information informationen infos info angaben art sache etwas irgendwie
    irgendwo vorher nachher danach davor zuerst nächste nächsten letzte letzten erste ersten eigene eigenen
    verschiedene normalerweise mehrere einmal sofort selbst ungefähr circa ca bereits hinterlegt lassen lässt stellen stellt wählen wählt`,
};

const read = (list: string, language: 'en' | 'de') =>
  new Set(
    list
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => stem(word, language)),
  );
const readPlain = (list: string) => new Set(list.split(/\s+/).filter(Boolean));

/** Words that the common list leaves out and that questions ask about. */
const kept = new Set('team several once multiple mehrere einmal gleichzeitig sofort selbst vorher'.split(' '));
const joined = (own: string, common: ReadonlySet<string>) =>
  new Set([...readPlain(own), ...common].filter((word) => !kept.has(word)));
const stops = { en: joined(stopWords.en, commonStopWords.en), de: joined(stopWords.de, commonStopWords.de) };
const lights = { en: read(lightWords.en, 'en'), de: read(lightWords.de, 'de') };

const side = (language: Language) => (language === 'de' ? 'de' : 'en');

/** `word` in lower case, as written. */
export function isStopWord(word: string, language: Language): boolean {
  return stops[side(language)].has(word);
}

/** Takes a stem made by stem.ts. */
export function isLightStem(stemmed: string, language: Language): boolean {
  return lights[side(language)].has(stemmed);
}
