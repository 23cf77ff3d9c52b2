import type { Language } from '../../ticket/index.ts';

/**
 * Light stems for comparing a question with a sentence; both sides are cut the same way, so a stem need not
 * be a word. What the rules miss is caught by the shared-beginning rule in match-terms.ts.
 */
export function stem(word: string, language: Language): string {
  const folded = foldUmlauts(word);
  return language === 'de' ? stemGerman(joinUmlautSpelling(folded)) : stemEnglish(folded);
}

const foldUmlauts = (word: string) =>
  /[äöüß]/.test(word)
    ? word.replaceAll('ä', 'a').replaceAll('ö', 'o').replaceAll('ü', 'u').replaceAll('ß', 'ss')
    : word;

/** Customers type "kuendigen" for "kündigen"; a vowel before (neue, Steuer, Frauen) means it is no umlaut. */
const joinUmlautSpelling = (word: string) => word.replace(/(?<![aeiouq])([aou])e(?=[a-z])/g, '$1');

const separable =
  'ab|an|auf|aus|bei|ein|frei|fest|her|herunter|hin|hoch|los|mit|nach|um|vor|weg|weiter|wieder|zu|zuruck';
const participle = new RegExp(`^(${separable})?ge(\\p{L}{3,})t$`, 'u');
const strongParticiple = new RegExp(`^(${separable})ge(\\p{L}{3,}en)$`, 'u');
const infinitive = new RegExp(`^(${separable})zu(\\p{L}{3,}en)$`, 'u');

const germanForms = new Map([
  ['gilt', 'gelt'],
  ['gultig', 'gelt'],
  ['gultigkeit', 'gelt'],
  ['darf', 'durf'],
  ['lasst', 'lass'],
  ['liegt', 'lieg'],
  ['gibt', 'geb'],
  ['nimmt', 'nehm'],
  ['verliert', 'verlor'],
  ['gesendet', 'send'],
]);

function stemGerman(word: string): string {
  const known = germanForms.get(word);
  if (known !== undefined) return known;
  let rest = word
    .replace(participle, (_, prefix: string | undefined, base: string) => `${prefix ?? ''}${base}t`)
    .replace(strongParticiple, '$1$2')
    .replace(infinitive, '$1$2');
  rest = cut(rest, /(?:ungen|ung|heiten|heit|keiten|keit)$/, 3);
  rest = cut(rest, /(?:ern|est|et|ten|te|em|en|er|es|e|n|s)$/, 4);
  return cut(rest, /t$/, 4);
}

const englishForms = new Map([
  ['paid', 'pay'],
  ['sent', 'send'],
  ['lost', 'lose'],
  ['bought', 'buy'],
  ['kept', 'keep'],
  ['held', 'hold'],
  ['told', 'tell'],
  ['chose', 'choos'],
  ['chosen', 'choos'],
  ['forgot', 'forget'],
  ['forgotten', 'forget'],
  ['broken', 'break'],
  ['broke', 'break'],
  ['left', 'leav'],
  ['people', 'person'],
]);

function stemEnglish(word: string): string {
  const known = englishForms.get(word);
  if (known !== undefined) return known;
  let rest = word.replace(/ies$/, 'y');
  rest = cut(rest, /(?<=ss|x|ch|sh)es$|(?<![su])s$/, 3);
  rest = cut(rest, /(?:ations?|itions?|ions?|ments?|ances?|ing|ed|al|ly|er|or|able)$/, 3);
  return cut(rest.replace(/([bdglmnprt])\1$/, '$1'), /[ey]$/, 3);
}

/** Removes the ending unless fewer than `least` letters would be left. */
function cut(word: string, ending: RegExp, least: number): string {
  const shorter = word.replace(ending, '');
  return shorter.length >= least ? shorter : word;
}
