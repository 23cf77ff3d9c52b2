import { fold } from '../lexicon.ts';

/** Misspellings that are no other word, English then German. */
const misspelled = new Set(
  (
    'teh recieve recieved seperate definately occured occurence adress untill wierd becuase thier paswort pasword acount ' +
    'acess succesful sucessful refered tommorow tomorow wich alot beleive cancled canceld transfered payed recipt invoce ' +
    'reciept shiped delivary problm plz pls thx ive dont doesnt cant wont didnt isnt ' +
    'nciht nihct udn dei shcon rechung rechnug pasword addresse agressiv bischen ebend einzigste entgültig ' +
    'vorraus vorrausichtlich garnicht wiederrufen wiederruf standart nich ned hab gehts kanns'
  )
    .split(' ')
    .map(fold),
);
/** Words that stand twice in a row in good prose. */
const doubled = new Set('die das der sie that had very sehr bye ha so no'.split(' '));

/** Misspellings, doubled words and letters held down ("sooo"). O(letters). */
export function countOddWords(words: readonly string[]): number {
  let count = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const repeated = word === words[i - 1] && word.length > 1 && word.charCodeAt(0) > 57 && !doubled.has(word);
    if (repeated || misspelled.has(word) || /([a-z])\1\1/.test(word)) count++;
  }
  return count;
}
