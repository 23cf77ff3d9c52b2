/**
 * Words that say nothing about what a text is about, by language: function words, and the pleasantries and
 * padding of customers' messages. Lower case, as `tokenise` writes them ("don't" is "dont").
 */
const english = `
a about above after again against all almost along already also although always am among an and another any
anybody anyone anything are arent around as asap ask asking at away back be because been before being below
between both but by came can cant cannot come comes could couldnt currently did didnt do does doesnt doing done dont
down during each either else enough especially even ever every everybody everyone everything few find first for
found from further get gets getting give given go goes going gone got guys had hadnt has hasnt have havent having he
hello help her here hers hey hi him his hope how however i id if ill im in instead into is isnt it its itself ive
just keep kind kindly know last later least less let lets like likely long look looking lot made make makes making
many may maybe me mean means might mine more most much must my myself near need needed needs never next no nobody none nor
not nothing now of off often oh ok okay on once one ones only onto or other others our ours out over own per perhaps
please possible possibly pretty probably put quite rather really regarding regards right same say says see seem
seems several shall she should shouldnt since so some somebody somehow someone something sometimes somewhere soon
still such sure take taken takes taking tell than thank thanks that the their theirs them themselves then there these
they theyre thing things think this those though through thus till to today told too took tried tries try trying
under understand until unless up upon us use used uses using usually very via want wanted wants was wasnt way we well were
werent what whats when where whether which while who whole whom whose why will wish with within without wont wonder
wondering would wouldnt yes yesterday yet you youd youll your youre yours yourself
dear sir madam team cheers sincerely best morning afternoon evening bye greetings folks appreciate appreciated
advance quick quickly question questions actually basically anyway else etc eg ie possible able want happy great
`;

const german = `
ab aber aktuell alle allem allen aller allerdings alles allzu als also am an andere anderem anderen anderer anderes
anders auch auf aus außer außerdem bald bei beide beiden beim bereits besonders bestimmt bevor bin bis bisher bist bitte
brauche brauchen braucht bräuchte da dabei dadurch dafür dagegen daher dahin damals damit danach daneben dann dar daran darauf
daraus darf darin darüber darum darunter das dass davon davor dazu dein deine deinem deinen deiner dem den denen denn
dennoch der deren derzeit des deshalb dessen desto deswegen dich die dies diese diesem diesen dieser dieses dir doch
dort dran drauf du durch dürfen dürfte eben ebenfalls eben eher eigentlich ein eine einem einen einer eines einfach
einige einigen einiger einiges einmal ende entweder er erst es etwa etwas euch euer eure eurem euren eurer falls
fast folgende folgenden für ganz gar gab geben gegen gegenüber gehabt geht gehe gehen genau genug gerade gern gerne
gestern gewesen gibt gilt ging gleich habe haben habt hallo hast hat hatte hatten hätte hätten heißt her heute hi hier
hilfe hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in indem ins insbesondere irgendwie
irgendwo ist ja jede jedem jeden jeder jedes jedoch jemand jene jetzt kann kannst kein keine keinem keinen keiner
klar könnt können könnte könnten konnte konnten lang lange lassen lässt leider lieber liegt mag mache machen macht mal man manche manchmal
mehr mehrere mein meine meinem meinen meiner meines meist mich mir mit möchte möchten möglich müssen muss musst müsste
na nach nachdem nächste nächsten nämlich natürlich neben nein nicht nichts nie niemand noch nun nur ob oben oder oft
ohne ok okay paar per plötzlich pro rein schnell schon seid sein seine seinem seinen seiner seit seitdem selber selbst
sehr sich sicher sie siehe sind so sobald sofort sogar solche sollen sollte sollten soll somit sondern sonst soweit
sowie sowohl statt stehe stehen steht tun über überhaupt übrigens um und uns unser unsere unserem unseren unserer
unter usw viel viele vielen vielleicht vom von vor vorher wann war waren warum was weder weg wegen weil weiter
weitere welche welchem welchen welcher welches wem wen wenig wenige wenn wer werde werden werdet weshalb wie wieder
wieso will willst wir wird wirklich wirst wo wobei wodurch wofür woher wohin wohl wollen wollte wollten womit
worauf woran wurde wurden würde würden z zb zu zum zur zwar zwischen
guten gute guter tag morgen abend grüße gruß grüßen freundlichen freundliche freundlichem liebe lieber lieben
liebes mfg lg vg danke dank besten beste vielen voraus vorab herzlichen herzliche geehrte geehrter geehrten damen
herren herr frau team moin servus gruss gruesse gruessen grüss grüsse frage fragen wissen sagen kurz eigentlich
würd könnts hab hätt gehts hilfe helfen hilft weiß weiss fuer ueber koennen koennte moechte waere wäre wären
`;

const toSet = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter((w) => w !== ''));

export const stopWords: { readonly en: ReadonlySet<string>; readonly de: ReadonlySet<string> } = {
  en: toSet(english),
  de: toSet(german),
};
