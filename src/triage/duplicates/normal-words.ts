import { fold } from '../lexicon.ts';

/** Words that deny, in both languages; all are read as "not". */
const negators = new Set(
  (
    "not no never neither cannot can't cant won't wont doesn't doesnt don't dont didn't didnt isn't isnt aren't arent wasn't wasnt " +
    "weren't couldn't couldnt wouldn't hasn't hasnt haven't havent hadn't ain't shouldn't unable refuses without barely hardly " +
    'nicht nich net nie niemals kein keine keinen keinem keiner keines keinerlei nimmer ohne nirgends kaum'
  ).split(' '),
);

/** Grammar that stands between the words of a phrase: "has not [yet] arrived", "steht [bei uns die] Produktion". */
const dropped = new Set(
  (
    'a an the this that these those my our your his her its their i we you he she it they me us them ' +
    'is are was were am be been being has have had having do does did doing will would shall should can could may might must ' +
    "i'm we're it's i've we've you're they're that's there's there here to of for at by from with yet any some anymore longer even really very just " +
    'and or but so then when if as also too since today yesterday currently now still already please properly at all ever keeps keep kept keeping gets getting get got ' +
    'der die das den dem des ein eine einen einem einer eines mein meine meinen meinem meiner unser unsere unseren unserem unserer ' +
    'ihr ihre ihren ihrem ihrer dein deine euer eure ich wir du sie er es man mir mich uns ihm ihn ihnen sich euch ' +
    'ist sind war waren bin sein wird werden wurde wurden worden hat haben habe hatte hatten kann können könnte konnte konnten ' +
    'mehr noch bei beim von vom zu zum zur für mit seit heute gestern gerade jetzt leider immer schon bisher bislang einfach auch gar ' +
    'und oder aber dann wenn im in dass weil obwohl hier dort bitte richtig plötzlich wohl mal sehr ja doch'
  )
    .split(' ')
    .map(fold),
);

/** What a phrase may be interrupted by; a phrase that needs such a word ("up", "wieder", "durch") finds it. */
export const isDropped = (word: string): boolean => dropped.has(word);

/** The word itself, "not" for any that denies. */
export const normalWord = (word: string): string => (negators.has(word) ? 'not' : word);
