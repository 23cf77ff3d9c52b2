/**
 * Words that say nothing about what a text is about, by language: function words, and the pleasantries and
 * padding of customers' messages. Lower case, as `tokenise` writes them ("don't" is "dont").
 */
const english = `
a about above after again against all almost along already also although always am among an and another any
anybody anyone anything are arent around as asap ask asking at away back be because been before being below
between both but by came can cant cannot come comes could couldnt currently did didnt do does doesnt doing done dont
down during each either else enough especially even ever every everybody everyone everything few first for
found from further get gets getting give given go goes going gone got guys had hadnt has hasnt have havent having he
hello help her here hers hey hi him his hope how however i id if ill im in instead into is isnt it its itself ive
just keep kind kindly know last later least less let lets like likely look looking lot made make makes making
many may maybe me mean means might mine more most much must my myself near need needed needs never next no nobody none nor
not nothing now of off oh ok okay on once one ones only onto or other others our ours out over own per perhaps
please possible possibly pretty probably put quite rather really regarding regards right same say says see seem
seems several shall she should shouldnt since so some somebody somehow someone something sometimes somewhere soon
still such sure taken taking tell than thank thanks that the their theirs them themselves then there these
they theyre thing things think this those though through thus till to today told too took tried tries try trying
under understand until unless up upon us use used uses using usually very via want wanted wants was wasnt way we well were
werent what whats when where whether which while who whole whom whose why will wish with within without wont wonder
wondering would wouldnt yes yesterday yet you youd youll your youre yours yourself
dear sir madam team cheers sincerely best morning afternoon evening bye greetings folks appreciate appreciated
advance question questions actually basically anyway else etc eg ie possible able want happy great
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
klar könnt können könnte könnten konnte konnten lassen lässt leider lieber liegt mag mache machen macht mal man manche manchmal
mehr mehrere mein meine meinem meinen meiner meines meist mich mir mit möchte möchten möglich müssen muss musst müsste
na nach nachdem nächste nächsten nämlich natürlich neben nein nicht nichts nie niemand noch nun nur ob oben oder
ohne ok okay paar per plötzlich pro rein schon seid sein seine seinem seinen seiner seit seitdem selber selbst
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

/**
 * Words that say a little: general verbs, adverbs, times and persons, the story around a request. In a small
 * collection of documents their rarity there says nothing about how much they mean.
 */
const lightEnglish = `
long take takes find quick often fast quickly big large small high low short new old open close show work working works happen
happens happened keep leave left buy bought send sent receive received got tell told write wrote call called start
started stop stopped stuck happening begin began end ended finish become run running put set let turn bring hand hold
people person persons everyone somebody guy colleague colleagues company firm office boss friend customer client clients
thing way case part kind sort lot bit number day days week weeks month months year years hour hours minute minutes morning afternoon
night date ago later recently already currently automatically immediately finally suddenly directly completely correctly exactly
problem issue trouble matter situation reason idea information details
good bad wrong better nice important urgent deadline hurry simple easy hard different certain correct maximum minimum
available support offer allow allowed include included provide works built place
today tonight tomorrow yesterday past future full whole complete several second third two three four five ten
list word words term terms free extremely terribly totally
`;
const lightGerman = `
lange lang dauert dauern dauer oft schnell groß gross große größe klein neu neue neuen neuer neues alt alte alten offen
zeigen zeigt arbeiten arbeitet passiert passieren geschieht bleiben bleibt bleiben verlassen kaufen gekauft schicken
schickt senden bekommen bekomme bekommt erhalten erhalte erhält erhielt schreiben geschrieben anrufen beginnen beginnt
enden endet laufen läuft stellen stellt setzen setzt bringen halten hält nehmen nehme nehmt kommen kommt komme kam
leute person personen mensch menschen kollege kollegen kollegin mitarbeiter firma unternehmen büro chef freund kunde kunden
sache ding fall teil art anzahl zahl nummer tag tage tagen woche wochen monat monate monaten jahr jahre jahren
stunde stunden minute minuten uhr mittag nachmittag nacht datum wochenende
problem probleme schwierigkeit situation grund idee information informationen angaben
gut schlecht falsch falsche richtig besser wichtig wichtige dringend eilig einfach leicht schwer verschieden bestimmte
verfügbar bieten bietet erlaubt enthalten enthält angeboten
vergangene letzte letzten letztes letzter vorige nächster ganze ganzen komplett vollständig zwei drei vier fünf zehn zweimal
automatisch plötzlich direkt genau extrem total völlig dauernd ständig ebenso inzwischen
suchen suche sucht gesucht verlangen verlange wünschen wünsche
`;

const toSet = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter((w) => w !== ''));

export const stopWords: { readonly en: ReadonlySet<string>; readonly de: ReadonlySet<string> } = {
  en: toSet(english),
  de: toSet(german),
};

/** See above; a word of both lists is a stop word. */
export const lightWords: { readonly en: ReadonlySet<string>; readonly de: ReadonlySet<string> } = {
  en: toSet(lightEnglish),
  de: toSet(lightGerman),
};
