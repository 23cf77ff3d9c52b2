import { describe, expect, test } from 'vitest';
import { assessText } from './assess-text.ts';

/** What a message shows; what is not named must not be found. */
type Shown = 'thanks' | 'frustration' | 'person' | 'broken';

/** English and German of each case, side by side: the two languages are held to the same. */
const cases: readonly (readonly [english: string, german: string, shown: readonly Shown[]])[] = [
  // What does not work is never thanked for, however the message ends.
  ['It is not working', 'Es funktioniert nicht', ['broken']],
  ['It is not working. Thanks', 'Es funktioniert nicht. Danke', ['broken']],
  ["It still isn't working, thank you", 'Es geht immer noch nicht, danke', ['broken']],
  ['The login does not work any more', 'Der Login funktioniert nicht mehr', ['broken']],
  ['Nothing works since the update', 'Seit dem Update geht nichts mehr', ['broken']],
  ['The export stopped working', 'Der Export läuft nicht mehr', ['broken']],
  ["The page won't load", 'Die Seite lädt nicht', ['broken']],
  [
    'Thanks for the update, but the app crashes again',
    'Danke für das Update, aber die App stürzt wieder ab',
    ['broken'],
  ],
  ['Your fix did not work, thanks anyway', 'Die Lösung hat nicht funktioniert, trotzdem danke', ['broken']],
  ['The scanner is broken', 'Der Scanner ist kaputt', ['broken']],
  ['I get an error message when I save', 'Beim Speichern kommt eine Fehlermeldung', ['broken']],
  ["I can't log in", 'Ich kann mich nicht einloggen', ['broken']],
  ['The server is unreachable', 'Der Server ist nicht erreichbar', ['broken']],
  ['The app is not working on my phone', 'Die App funktioniert auf meinem Handy nicht', ['broken']],
  ['Scanner not working on Windows', 'Scanner läuft unter Windows nicht', ['broken']],
  ['The app is not working today', 'Die App funktioniert heute nicht', ['broken']],
  ['The printer refuses to print', 'Der Drucker will nicht drucken', ['broken']],
  // What works, and what only looks like a failure.
  ['It is working again', 'Es funktioniert wieder', []],
  ['It works now, thank you!', 'Es funktioniert jetzt, danke!', ['thanks']],
  ['Not a single error so far', 'Bisher kein einziger Fehler', []],
  ['Nothing is broken, I just have a question', 'Es ist nichts kaputt, ich habe nur eine Frage', []],
  ['There was no outage on our side', 'Bei uns gab es keinen Ausfall', []],
  ['Why does it not go faster?', 'Warum geht es nicht schneller?', []],
  ['This is not about the invoice', 'Es geht nicht um die Rechnung', []],
  ['We are not working on Monday', 'Am Montag arbeiten wir nicht', []],
  ['Does the app work without a network?', 'Funktioniert die App ohne Netz?', []],
  // Thanks that are meant.
  ['Thank you for your quick help!', 'Vielen Dank für Ihre schnelle Hilfe!', ['thanks']],
  ['Thanks, that solved it', 'Danke, damit ist es gelöst', ['thanks']],
  ['Brilliant, thank you so much', 'Super, vielen herzlichen Dank', ['thanks']],
  ['The replacement arrived today, many thanks', 'Das Ersatzgerät kam heute an, besten Dank', ['thanks']],
  ['We are very grateful for the help', 'Wir sind sehr dankbar für die Hilfe', ['thanks']],
  ['Thanks!', 'Danke!', ['thanks']],
  // Thanks that are a formula, for nothing yet, or declined.
  ['Please reset my password. Thanks', 'Bitte setzen Sie mein Passwort zurück. Danke', []],
  ['Could you send me the invoice? Thank you', 'Könnten Sie mir die Rechnung schicken? Danke', []],
  ['Please check this. Thanks in advance', 'Bitte prüfen Sie das. Danke im Voraus', []],
  ['Thank you in advance for your reply', 'Vielen Dank im Voraus für Ihre Antwort', []],
  ['Thank you for your message', 'Vielen Dank für Ihre Nachricht', []],
  ['Thank you for your patience', 'Danke für Ihre Geduld', []],
  ['No thanks', 'Nein danke', []],
  ['No, thank you, I do not want the newsletter', 'Nein, danke, ich möchte keinen Newsletter', []],
  ['Thanks but no thanks', 'Danke, aber nein danke', []],
  ['Thanks to your update we lost a day', 'Dank Ihres Updates haben wir einen Tag verloren', []],
  ['Nobody thanked me', 'Niemand hat mir gedankt', []],
  // Irony that set phrases give away.
  ['Thanks for nothing', 'Danke für nichts', ['frustration']],
  ['Well, thanks for nothing, really', 'Na, danke für gar nichts, wirklich', ['frustration']],
  ['No thanks to you it arrived', 'Ihnen habe ich das jedenfalls nicht zu verdanken', []],
  ['Oh great, the shop is down again', 'Na toll, der Shop ist schon wieder ausgefallen', ['frustration', 'broken']],
  ['Thanks a bunch for the third reminder', 'Schönen Dank auch für die dritte Mahnung', ['frustration']],
  ['Great job, now nothing works', 'Tolle Leistung, jetzt geht gar nichts mehr', ['broken']],
  // Frustration, and what only sounds like it.
  ['I am fed up with this', 'Ich habe die Nase voll davon', ['frustration']],
  ['This is unacceptable', 'Das ist inakzeptabel', ['frustration']],
  ['How many more times do I have to ask?', 'Wie oft muss ich noch fragen?', ['frustration']],
  ['I am losing my patience', 'Mir reißt langsam der Geduldsfaden', ['frustration']],
  ['This is the fourth email about it', 'Das ist die vierte Mail dazu', ['frustration']],
  ['Nobody answers', 'Niemand antwortet', ['frustration']],
  ['Enough is enough', 'Jetzt reicht es', ['frustration']],
  ['What a shambles', 'So eine Frechheit', ['frustration']],
  ['A hundred users is enough for us', 'Hundert Nutzer reichen uns', []],
  ['Is that an acceptable format?', 'Ist das ein zulässiges Format?', []],
  ['We have enough licences', 'Wir haben genug Lizenzen', []],
  ['That is no disgrace', 'Das ist keine Frechheit', []],
  ['I am not frustrated at all', 'Ich bin überhaupt nicht frustriert', []],
  ['This is not a complaint', 'Das ist keine Beschwerde', []],
  // A person is wanted, or is not.
  ['I want to speak to a human', 'Ich will mit einem Menschen sprechen', ['person']],
  ['Can I talk to a real person please?', 'Kann ich bitte mit einer echten Person sprechen?', ['person']],
  ['Please put me through to an agent', 'Bitte verbinden Sie mich mit einem Mitarbeiter', ['person']],
  ['No more bots please', 'Bitte keine Bots mehr', ['person']],
  ['Please call me back', 'Bitte rufen Sie mich zurück', ['person']],
  ['I need to speak to your manager', 'Ich möchte Ihren Vorgesetzten sprechen', ['person']],
  ["I don't need to talk to a person", 'Ich muss mit keinem Menschen sprechen', []],
  ['Please do not call me back', 'Bitte rufen Sie mich nicht zurück', []],
  ['No callback needed', 'Kein Rückruf nötig', []],
  ['Our human resources team grew', 'Unsere Personalabteilung ist gewachsen', []],
  ['Is there a bot in the chat?', 'Gibt es einen Bot im Chat?', []],
  ['Ten people use the portal', 'Zehn Personen nutzen das Portal', []],
  // Several at once.
  [
    'This is the third time it is not working, I want to speak to a human',
    'Es geht zum dritten Mal nicht, ich will mit einem Menschen sprechen',
    ['frustration', 'person', 'broken'],
  ],
  ['Unacceptable, the shop is down again', 'Inakzeptabel, der Shop ist wieder ausgefallen', ['frustration', 'broken']],
];

function shownBy(body: string): Shown[] {
  const { signals } = assessText({ subject: '', body });
  const found: Shown[] = [];
  if (signals.thanks) found.push('thanks');
  if (signals.frustration) found.push('frustration');
  if (signals.wantsPerson) found.push('person');
  if (signals.notWorking) found.push('broken');
  return found;
}

describe.each([
  ['en', 0],
  ['de', 1],
] as const)('behaviour in %s', (_, side) => {
  test.each(cases.map((pair) => [pair[side], pair[2]] as const))('%s → %j', (text, shown) => {
    expect(shownBy(text)).toEqual(shown);
  });

  test.each(cases.filter(([, , shown]) => shown.some((sign) => sign !== 'thanks')).map((pair) => [pair[side]]))(
    'never glad: %s',
    (text) => {
      expect(assessText({ subject: '', body: text }).sentiment.label).not.toBe('positive');
    },
  );
});

describe('each word of a list of its own', () => {
  test.each([
    ['This is rubbish', 'Das ist Mist'],
    ['What a rip off', 'So eine Abzocke'],
    ['The train was delayed', 'Der Zug hatte Verspätung'],
    ['Nobody helps', 'Keiner hilft'],
    ['I am so annoyed', 'Ich bin so genervt'],
    ['What a debacle', 'So ein Debakel'],
  ])('negative: %s / %s', (english, german) => {
    for (const body of [english, german]) expect(assessText({ subject: '', body }).sentiment.label).toBe('negative');
  });

  test.each([
    ['My account is locked', 'Mein Konto ist gesperrt'],
    ['According to the invoice it is 40 euros', 'Laut Rechnung sind es 40 Euro'],
    ['Good morning :) :) kind regards :)', 'Guten Morgen :) :) liebe Grüße :)'],
    ['Could you do that safely and easily?', 'Geht das sicher und einfach?'],
  ])('a matter of fact: %s / %s', (english, german) => {
    for (const body of [english, german]) expect(assessText({ subject: '', body }).sentiment.label).toBe('neutral');
  });
});
