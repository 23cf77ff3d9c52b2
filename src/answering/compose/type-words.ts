import { stem } from './stem.ts';
import type { Term } from './terms.ts';
import type { ValueKind } from './values.ts';

/** Words of a question that name the kind of its answer instead of its subject. */
const words: Partial<Record<ValueKind, { readonly en: string; readonly de: string }>> = {
  duration: {
    en: 'deadline period time timeframe duration notice turnaround term limit long last lasts window wait',
    de: 'frist dauer dauert zeit zeitraum zeitfenster laufzeit wartezeit spätestens tage wochen monate stunden minuten gültig gilt warten',
  },
  money: {
    en: 'cost costs price pricing fee charge charged pay free surcharge amount expensive euro pounds money',
    de: 'kosten kostet preis preise gebühr gebühren zahlen bezahlen kostenlos umsonst gratis betrag teuer euro aufpreis geld verlangt',
  },
  percent: { en: 'percent percentage rate share discount', de: 'prozent prozentsatz satz anteil rabatt nachlass' },
  size: {
    en: 'size large big heavy weight weigh wide dimensions megabytes gigabytes',
    de: 'größe groß schwer gewicht wiegt breit maße megabyte gigabyte länge',
  },
  count: { en: 'number limit maximum most total', de: 'anzahl zahl limit grenze obergrenze maximum höchstens viele' },
  frequency: { en: 'often frequently interval', de: 'oft häufig intervall abstand turnus' },
  clock: { en: 'hours opening time open', de: 'uhrzeit öffnungszeiten zeiten uhr geöffnet' },
  date: { en: 'date day year month time', de: 'datum tag jahr monat zeitpunkt' },
  phone: { en: 'phone telephone number call ring hotline', de: 'telefonnummer nummer rufnummer anrufen telefon' },
  email: {
    en: 'email address mail write contact turn',
    de: 'email emailadresse adresse mailadresse mail schreiben wenden',
  },
  url: { en: 'address page site website link url web', de: 'adresse seite webseite website link url' },
  version: { en: 'version versions', de: 'version versionen' },
  path: { en: 'menu find page setting settings place', de: 'menü finde einstellung einstellungen stelle' },
  place: {
    en: 'city cities country town place location address',
    de: 'stadt städte städten land ort adresse standort',
  },
};

const stems = new Map<ValueKind, ReadonlySet<string>>(
  Object.entries(words).map(([kind, { en, de }]) => [
    kind as ValueKind,
    new Set([...en.split(' ').map((word) => stem(word, 'en')), ...de.split(' ').map((word) => stem(word, 'de'))]),
  ]),
);

export function isTypeWord(term: Term, kind: ValueKind): boolean {
  return term.kind === 'word' && (stems.get(kind)?.has(term.stem) ?? false);
}
