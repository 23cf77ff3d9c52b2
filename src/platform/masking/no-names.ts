/** Capitalised words that stand where a name may stand and are none: whole teams, courtesies, beginnings of sentences. */
const words = new Set(
  `
mr mrs ms miss mx mister dr prof fam familie all alle allen alles zusammen everyone everybody there team teams support service services helpdesk desk customer customers
customercare care kunde kunden kundin kundenservice kundendienst kundenbetreuung sir sirs madam ma'am mam maam ladies gentlemen damen dame
herren herr herrn frau frauen kollege kollegen kollegin kolleginnen leute ihr ihre ihren ihrem euer eure eurer dein deine mein meine our your my the a an
this that these those it its we you he she they i im ive ich du er sie es wir unser unsere der die das den dem des ein eine einen
please bitte thanks thank danke dank vielen viele many best beste besten kind kindest warm regards grüße gruß gruss gruesse grüßen lg vg mfg cheers sincerely yours
hello hi hey hallo dear liebe lieber liebes sehr geehrte geehrter moin servus guten good morning tag morgen abend afternoon evening
gmbh ag kg ohg ug ltd inc llc corp corporation company co firma verein ev e.v. group holding
department abteilung billing accounting buchhaltung einkauf vertrieb verkauf sales marketing finance it hr personal personalabteilung legal
rechtsabteilung technik operations office büro admin administrator administration verwaltung management geschäftsführung leitung
head manager director leiter leiterin einkaufsteam supportteam kundenteam
and or but und oder aber if wenn when what why how where who was wie warum wo wer wann ob can could would will do does is are have has
not no yes nein ja nicht kein keine also auch hier here now jetzt nun noch schon still just only nur since seit
after before nach vor with mit without ohne from von for für to zu bei at on in im am an auf als dass weil
monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag
january february march april june july august september october november december januar februar märz mai juni juli oktober dezember
today tomorrow yesterday heute morgen gestern anbei attached attachment anhang ps sent gesendet von from subject betreff re fwd aw wg
account konto user nutzer benutzer client mandant bot ai chatbot assistant assistent system server
advance voraus asap urgent dringend happy sad glad sorry unable able running waiting trying having getting
customer-service kunden-service problem question frage anfrage request hilfe help info information doktor professor
`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Whether a word is surely not part of a name. */
export function isNoName(word: string): boolean {
  const lower = word.toLowerCase().replace(/[.,]$/, '');
  return (
    words.has(lower) ||
    /(?:team|support|service|abteilung|department|leiter|leiterin|sachbearbeiter|sachbearbeiterin)$/.test(lower) ||
    /\d/.test(lower)
  );
}
