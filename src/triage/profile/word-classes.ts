import { type WordClass, wordClasses } from '../../ticket/index.ts';
import { fold } from '../lexicon.ts';

const lists: Readonly<Record<'en' | 'de', Readonly<Record<WordClass, string>>>> = {
  en: {
    articles: 'a an the',
    pronouns:
      "i me my mine myself we us our ours you your yours he him his she her hers it its they them their theirs this that these those someone anyone everyone nobody something anything everything i'm i've i'd i'll we're we've it's you're",
    prepositions:
      'in on at by for with from to of about after before since until over under between through during without into onto within against per via',
    conjunctions: 'and or but because so if when while although though unless whether than as since',
    auxiliaries:
      "am is are was were be been being have has had do does did having isn't aren't wasn't don't doesn't didn't hasn't haven't",
    modals: "can could will would shall should may might must can't couldn't won't wouldn't shouldn't cannot",
    'question-words': 'who what when where why how which whose',
    negations:
      "not no nor never none nothing nobody nowhere without neither cannot can't couldn't won't wouldn't shouldn't isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't dont doesnt cant wont isnt didnt",
  },
  de: {
    articles: 'der die das den dem des ein eine einen einem einer eines',
    pronouns:
      'ich mich mir mein meine meinen meinem meiner wir uns unser unsere unseren unserem du dich dir dein deine deinen er ihn ihm sein seine sie ihr ihre ihren ihrem ihnen es euch euer eure man jemand niemand etwas dies diese dieser dieses diesen diesem',
    prepositions:
      'in im ins an am ans auf bei beim mit von vom zu zum zur nach vor seit bis für durch gegen ohne um aus über unter zwischen während wegen trotz neben hinter pro per',
    conjunctions: 'und oder aber weil denn wenn dass da sondern ob als obwohl damit sobald falls nachdem bevor',
    auxiliaries:
      'bin bist ist sind seid war waren sein gewesen habe hast hat haben hatte hatten hätte werde wird werden wurde wurden worden geworden',
    modals:
      'kann kannst können könnt konnte könnte könnten könntet muss müssen müsste soll sollen sollte darf dürfen möchte möchten will wollen würde würden mag lässt',
    'question-words': 'wer was wann wo warum wieso weshalb wie welche welcher welches welchen wohin woher wem wen',
    negations:
      'nicht kein keine keinen keinem keiner keinerlei nie niemals nichts niemand nirgends ohne weder nix nimmer net',
  },
};

const setsOf = (language: 'en' | 'de'): ReadonlyMap<string, readonly WordClass[]> => {
  const classes = new Map<string, WordClass[]>();
  for (const name of wordClasses)
    for (const word of lists[language][name].split(' '))
      classes.set(fold(word), [...(classes.get(fold(word)) ?? []), name]);
  return classes;
};
const english = setsOf('en');
const german = setsOf('de');

/** Share of each class among folded words, in [0,1]; a word may be of two ("cannot"). O(words). */
export function countWordClasses(words: readonly string[], language: 'en' | 'de'): Record<WordClass, number> {
  const counts = Object.fromEntries(wordClasses.map((name) => [name, 0])) as Record<WordClass, number>;
  const table = language === 'de' ? german : english;
  for (const word of words) for (const name of table.get(word) ?? []) counts[name]++;
  return counts;
}
