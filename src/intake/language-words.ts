/**
 * Words that tell English from German where a text is too short for letter statistics. Umlauts are written
 * ae/oe/ue and ß as ss, as `foldGerman` does with the text. Words that both languages share ("in", "so", "was",
 * "die", "hat", "also", "will") and loans of the trade ("login", "server", "update") stand in neither list.
 */
export const englishWords: readonly string[] = `
the and of to for with from my your our their his her its this that these those you we they he she it i me us them
is are been being be have has had do does did don't doesn't didn't isn't aren't wasn't weren't can't cannot couldn't
won't wouldn't i'm i've i'd i'll you're we're we've it's there's what's that's can could would should must may might
not no yes or if but because when where which who whose why how than then there here about after before into over
under again once only just very too any some each every both few more most other such nor own same off on at by as
please thanks thank hello hi dear sir madam regards cheers sincerely best kind help need want get got give make
think know see look work works working worked broken down slow error wrong missing charged charge refund money back
invoice bill payment paid pay price order delivery password locked account's sign out change cancel delete
request question issue today yesterday tomorrow since still never always now anyone someone nobody everybody nothing
something people customer customers shop store phone address receipt returned return received sent send asap urgent
website screen page crash crashes crashed freeze freezes printer open close closing hours free plan upgrade
reset forgot forgotten code number name date week month year weather homework recipe joke tell does anybody
stuck down waiting wait twice double late early sick wont cant dont fee feed mode reminder birthday wrap push stop stopped
`
  .trim()
  .split(/\s+/);

export const germanWords: readonly string[] = `
der das dem den des ein eine einen einem einer eines kein keine keinen keinem keiner und oder aber nicht auch noch
schon nur sehr mit von vom zum zur fuer ueber unter bei beim nach seit aus auf ins im ist sind waren wird werden
wurde wurden habe haben hatte hatten kann koennen koennt kannst koennte koennten muss muessen moechte moechten soll
sollen sollte darf duerfen ich du er sie wir ihr euch uns mich mir dich dir ihnen ihm ihn sich mein meine meinen meinem
meiner dein deine euer eure eurer unser unsere unseren unserem unserer ihre ihren ihrem ihrer wie wo wer wann warum
wieso weshalb welche welcher welches dass ob wenn weil denn doch mal bitte danke hallo moin servus gruezi guten guter
morgen tag abend sehr geehrte geehrter damen herren gruss gruesse liebe lieber mfg freundlichen hilfe geht gehts gibt
gibts funktioniert laeuft klappt fehler fehlermeldung passwort kennwort vergessen rechnung rechnungen mahnung konto
zahlung bezahlt bezahlen ueberweisung abbuchung abgebucht doppelt geld zurueck erstattung rueckerstattung rueckgabe
kuendigung kuendigen stornieren bestellung lieferung lieferzeit anmelden anmeldung abmelden einloggen gesperrt sperren
loeschen aendern aenderung adresse frage fragen antwort anfrage wunsch vorschlag dringend eilt sofort heute gestern
immer nie niemand keiner nichts etwas alle alles jetzt wieder leider warte warten kaputt stuerzt absturz langsam
drucker seite bildschirm kunde kunden vertrag datenschutz auskunft anwalt frist widerruf preis preise kosten kostet
oeffnungszeiten termin beschwerde bewerbung abwesenheit wetter hausaufgabe rezept ausgefallen ausfall
stoerung erreichbar verbindung anschluss einrichten geaendert zugang zugriff verloren kommt komme
kommen machen macht gemacht brauche brauchen braucht hab hob isch net ned nix koa oba aufm beim wegen trotz
zwei drei vier uhr jahr monat woche monate tage gern gerne danke vielen dank schoen leer tot retoure testphase impressum agb gepaeck kaution zoll lob gutschrift lizenz beleg
bestaetigung unterlagen 
`
  .trim()
  .split(/\s+/);

/** Function words of other languages in Latin letters that neither English nor German uses. */
export const otherWords: readonly string[] = `
le les une est pas vous nous mon ma mes votre mais avec dans que qui sur bonjour merci c'est j'ai n'est aux cette
depuis ete plus l'application l'appli compte mot pourquoi comment puis peux facture commande ne
el los las por para pero muy su esta hola gracias tengo puedo desde tambien cuenta ayuda factura contrasena quiero
mi donde cuando porque necesito buenos dias
il lo gli di che non sono mio mia grazie ciao buongiorno della del nel ho questo posso perche fattura ordine
os nao uma com obrigado obrigada ola meu minha voce fatura senha preciso
het een niet ik naar voor zijn mijn maar graag bedankt wij uw heb hoe geen ook hebben wachtwoord factuur vergeten ligt kunnen deze wordt sinds meer waarom
jest jak dzien dobry mam prosze moje dziekuje czy haslo faktura konta
ve bir icin bu degil merhaba tesekkurler cok nasil hesabim lutfen sifre sifremi fatura neden
och att jag inte ar mitt tack hej hur losenord og jeg ikke hvordan takk faktura hvorfor
neni dekuji prosim heslo ucet nu este sunt pentru multumesc buna nem egy hogy koszonom kiitos minun olen etta grazie mille hartelijk uitat parola unohdin
`
  .trim()
  .split(/\s+/);
