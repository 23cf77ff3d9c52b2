import type { CueKind } from './urgency-kinds.ts';

/** German cues of urgency by kind, separated by commas; how they are written: `buildPhrases`. */
export const germanUrgency: Readonly<Record<CueKind, string>> = {
  disaster: `
   
    produktion|fertigung|produktionslinie|montage|anlage [steht|stehen] steht|stillsteht|gestoppt|angehalten|ausgefallen|lahmgelegt,
    steht die [gesamte|ganze|komplette] produktion|fertigung,
    produktionsstillstand|produktionsausfall|produktionsstopp|totalausfall|komplettausfall|betriebsstillstand|bandstillstand|systemausfall,
    produktionsserver|produktivserver|produktivsystem|produktionssystem|produktionsumgebung … nicht [mehr] erreichbar|verfügbar,
    produktionsserver|produktivserver|produktivsystem|produktionssystem|produktionsumgebung … ausgefallen|down|offline|abgestürzt|tot|steht,
    ausfall … produktionsserver|produktivsystems|produktionssystems, datenverlust,
    verlieren [gerade|laufend|derzeit] [alle] daten, daten … verloren|vernichtet,
    datenpanne|datenleck|datenabfluss|sicherheitsvorfall, gehackt worden, wurden|wurde|sind|ist … gehackt,
    angreifer|hacker|eindringling [ist|sind|hat|haben] im|in|hat|haben|ist|sind,
    verschlüsselungstrojaner|ransomware, kundendaten … öffentlich|einsehbar|abgeflossen|sichtbar|geleakt,
    ganze|gesamte|komplette firma|betrieb|büro|netzwerk|system|verwaltung|datenbankverbund … steht|still|offline|down|ausgefallen|lahm,
    kompletter|vollständiger|flächendeckender|gesamter ausfall,
    alles|alle [unsere] systeme|server|kassen|filialen … ausgefallen|offline|down|tot|steht|stehen|nicht,
    geht [gar|hier] [gar] nichts mehr, nichts geht mehr, niemand|keiner kann [mehr] arbeiten,
    gasaustritt|gasgeruch
  `,
  urgent: `
   
    dringend~|eilig~|dringendst|eilt|sofort|sofortig~|umgehend~|unverzüglich~|schnellstens|schleunigst|schnellstmöglich~|notfall|kritisch~|eilsache,
    so schnell wie möglich, auf schnellstem weg|wege, höchste|oberste priorität, prio eins|1|a,
    bitte schnell, mit hochdruck, brennt, alarmstufe, bitte um [sofortigen|dringenden] rückruf,
    rufen sie mich, bitte um rückmeldung sofort
  `,
  today: `
    heute|heit, heute noch, noch heute, bis # uhr, läuft|endet heute,
    bis mittag|mitternacht|abend|dienstschluss|feierabend, heute abend|mittag|nacht|nachmittag,
    binnen|innerhalb einer|der|# [nächsten] stunde|stunden, in|binnen einer stunde, in # minuten|stunden,
    in zwei|drei|vier stunden, nächsten stunde|stunden, heute morgen|früh, bis spätestens #, tagesende
  `,
  soon: `
    übermorgen, bis|am|vor|ab montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag, diese woche,
    frist|fristen|fristablauf|fristsetzung|stichtag, *frist, spätestens, läuft ab|aus, endet,
    innerhalb von|# # tagen, binnen, bis|ab|schon|gleich morgen, morgen früh|um|mittag|abend,
    lohnlauf|zahllauf|lohnbuchhaltung|löhne|gehälter|lohnabrechnung, bis zum #, vor dem wochenende,
    letzter tag
  `,
  outage: `
   
    ausgefallen~|ausfall|ausfälle|totalausfall|störung|unerreichbar|lahmgelegt|stillstand|zusammengebrochen|abgestürzt|stromausfall,
    störungen|unterbrechung|unterbrechungen|unterbrochen~, *ausfall, *ausfälle, *störung, *störungen, *unterbrechung, *unterbrechungen, *stillstand, nicht [mehr] erreichbar|verfügbar|erreichen, nicht … erreichbar,
    fällt … aus, fallen … aus, steht|stehen still,
    produktion|produktionslinie|band|linie|fertigung|betrieb|kassen|laden|anlage|maschinen|server|system|kommissionierung|anbindung|kalenderanbindung|versand|lieferscheine|freibad|alles steht|stehen,
    still stehen, stehen herum|still, liegt|liegen lahm|brach, offline|tot|schwarz|eingefroren,
    keine verbindung|antwort|zahlung|verbindungen|aufträge|werte|buchungen|notrufe, lädt|laden nicht [mehr],
    kein netz|zugriff|signal|anschluss|strom|internet|auftrag|freizeichen|aufruf,
    geht|gehen … nichts|nix [mehr], geht gar nichts, nichts … geht|läuft, läuft nicht|nix|nichts,
    läuft ins leere, antwortet|antworten … nicht, antwortet … keinem|keine, beantwortet … keine,
    reagiert … nicht, nicht ansprechbar, lässt sich … nicht [mehr] aufrufen|erreichen|herstellen,
    lässt|lassen sich … kein, verbindet … nicht, zeitüberschreitung,
    ist|sind|komplett|wieder|grad|gerade|seit gestern down,
    server|system|shop|netz|seite|app|sso|api down, host nicht, liefert|liefern … keine|nichts,
    nehmen … keine, erreicht … keine|keinen|kein, weiß|weiße|leere seite, beendet sich
  `,
  system: `
   
    server~|system|systeme|plattform|netzwerk|datenbank|datenbanken|webseite|homepage|onlineshop|infrastruktur|warenwirtschaft|kassensystem|kassen|kartenterminals|telefonanlage|zentrale|leitstand|leitstelle|rechenzentrum|schnittstelle|anbindung,
    *server, *system, *systeme, *plattform, *datenbank, *verbund, *kassen, *scanner, *terminals, *netz,
    *anlage, *steuerung, *portal
  `,
  production: `
    produktion|produktiv|produktivsystem|produktionsserver, produktions*, produktivsystem*, produktivserver*, produktivumgebung*, produktivbetrieb*, produktivdaten*, fertigung,
    werk|werke, fertigungs*, band #, montageband|förderband|versand, kommissionierung, livesystem,
    echtbetrieb, kühlhaus
  `,
  scope: `
   
    alle|allen|aller|sämtliche|sämtlichen|gesamte|gesamten|gesamter|gesamtes|ganze|ganzen|ganzes firma|büro|filialen|standorte|standorten|kassen|mitarbeiter|mitarbeitenden|nutzer|user|benutzer|kunden|kollegen|filiale|abteilung|schule|betrieb|unternehmen|haus|arbeitsplätze|geräte|geräten|stationen|häusern|gäste|shops|rechner|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|vierzehn|#|unsere|unserer|verwaltung|team|praxis|gebäude|straßenzug|datenbankverbund,
    sämtliche|sämtlichen|flächendeckend|firmenweit|unternehmensweit|niemand|keiner, kein mensch,
    keiner|keine|keinem [einzigen] unserer|von|der, für alle, bei allen,
    jeder|jede|jedem kunde|mitarbeiter|nutzer|filiale|bestellung|auftrag,
    # leute|mitarbeiter|mitarbeitende|mitarbeitern|personen|beschäftigte|nutzer|benutzer|kunden|filialen|arbeitsplätze|kassen|headsets|user|schüler|prüflinge|gäste|patienten|bewohner|standorte|fahrer|lkw|kollegen|haushalte|firmen|betriebe|handscanner|shops|mandanten|familien|kinder|plätze|stück|aufträge|positionen|zahlungen,
    # unserer, hunderte|tausende|dutzende, hundert leute|gäste,
    mehrere|mehreren|zahlreiche|zahlreichen|viele|vielen|verschiedene|verschiedenen systeme|systemen|abteilungen|teams|nutzer|nutzern|dienste|diensten|kunden|mitarbeiter|mitarbeitern,
    mehrere|mehreren|drei|vier|fünf|beide|beiden standorte|standorten|filialen|häuser|häusern|pflegeheime|knoten|werke|bürgerbüros|stationen,
    ganz~ firma|schule|büro|tal|ort|straßenzug, auf allen|sämtlichen,
    bei niemandem, im|in unserem ganzen haus|werk|betrieb, allen [unseren|unserer] standorten|häusern|filialen|niederlassungen,
    sämtlicher|aller standorte|filialen|niederlassungen|arbeitsplätze,
    kompletter|komplette|komplett~ ausfall
  `,
  blocked: `
    komme|komm|kommen|kommt … nicht|nimmer|nimma rein|ran|hinein|weiter,
    kann|können|konnte mich|uns|sich nicht|nimmer [mehr] anmelden|einloggen,
    kann|können … nicht [mehr] arbeiten|anmelden|einloggen|zugreifen, gesperrt~|ausgesperrt~|blockiert~,
    kein|keinen zugriff|zugang, keine adminrechte, anmeldung|login|anmelden … nicht|unmöglich, ungültig,
    einziger|einzige|einzigen administrator|admin|inhaber, sonst … keiner|niemand, abgelehnt,
    lässt mich nicht, nicht möglich, handy|telefon|smartphone weg|kaputt|verloren|geklaut, absenden,
    freigeschaltet|freischalten, steh|stehe vorm|beim|vor dem kunden
  `,
  grave: `
    erheblich~|massiv~|gravierend~|schwerwiegend~|ernsthaft~|drastisch~|wesentlich~, schwer~ gestört|beeinträchtigt|betroffen,
    stark beeinträchtigt|eingeschränkt|betroffen|gestört
  `,
  fault: `
    beeinträchtigt~|beeinträchtigen|beeinträchtigung|beeinträchtigungen|überlastet~|überlastung|instabil~|fehlfunktion|fehlfunktionen,
    *überlastung, *absturz, *abstürze, *beeinträchtigung, *beeinträchtigungen, *problem, *probleme,
    funktioniert|funktionieren|klappt … nicht|nimmer|net|nix, laufen|läuft … nicht,
    startet|starten … nicht, lässt sich … nicht, geht|gehen … nicht, geht|gehen nicht|nimmer|net,
    fehler|fehlermeldung|falsch~|kaputt~|absturz|abstürze|defekt~|fehlerhaft~|problem|probleme|langsam|hängt|hakt|verschluckt|verliert|fehlt|fehlen,
    stürzt … ab, *fehler, spinnt, kommt … nicht|nie an, nicht angekommen, scheitert|schlägt fehl,
    leer|weiß
  `,
  loss: `
    datenverlust|datenverluste|datenschwund,
    daten|dateien|ordner|datensätze|bestellungen|rechnungen|einträge … weg|verloren|verschwunden|gelöscht|futsch,
    gehen … verloren, löscht|überschreibt|vernichtet|verschluckt|zerschießt|überschreiben,
    verschwinden|verschwunden~|verschwindet, überschrieben~|vernichtet~|zerstört~,
    verschlüsselt~|verschlüsselungstrojaner|verschlüsselung, leere dateien, sind weg, verdrängt
  `,
  breach: `
   
    gehackt~|hacker|angreifer|angriff|eindringling|ransomware|erpressung|datenpanne|datenleck|datenabfluss|kompromittiert~|schadsoftware|trojaner|übernommen,
    *trojaner, *angriff,
    fremde~ zugriff|bestellung|daten|rechnungen|patientenbriefe|personen|kundendaten|adressen|mandantendaten|handynummer|benutzer|person,
    unbefugt~|unberechtigt~|fremdzugriff, das war ich nicht, war ich nicht, nicht ich,
    anderer kunden|kundin|kunde|personen|mandanten, einer anderen kundin|person|familie, sehen … alle,
    für jeden sichtbar|einsehbar, öffentlich~ einsehbar|sichtbar|abrufbar|repository, entlassen~|gefeuert,
    ehemalig~ dienstleister|mitarbeiter|kollege|mitarbeiterin,
    jemand … bestellt|geändert|übernommen|angemeldet|eingeloggt,
    nie|nicht erteilt|eingetragen|angelegt|bestellt, missbraucht|missbrauch,
    erfolgreiche|fremde|auffällige|verdächtige|unbekannte anmeldung|anmeldungen|zugriffe|logins, anmeldungen aus einem [fremden] land,
    auf|in einer nachgemachten|gefälschten|falschen [anmeldeseite|seite], konto|zugang [bitte|sofort] einfrieren|sperren
  `,
  suspicion: `
    verdächtig~|phishing|betrug|betrüger|betrugsversuch|drohmail|erpressungsmail,
    unbekannt~ gerät|anmeldung|schlüssel|sitzung, nachgemacht~, echt|fake, aus dem ausland,
    sicherheitslücke|schwachstelle|sicherheitsvorfall, nicht angefordert, schlüssel … veröffentlicht,
    sitzungen … beenden, liest … mit
  `,
  ongoing: `
    gerade|grad|eben|derzeit|momentan|aktuell|laufend|live, in diesem moment|augenblick, seit # [uhr],
    seit heute|gestern|mitternacht|etwa|ungefähr|minuten|stunden|schichtbeginn|halb|der|dem|über|eurem,
    seit zwei|drei|vier|# stunden|minuten, immer mehr|noch, im minutentakt, nach der anderen,
    bisher|inzwischen|mittlerweile, seit einer|einigen [halben] stunde|stunden|minuten, soeben, stündlich|minütlich, werden es mehr, geht weiter, während ich, läuft … weiter
  `,
  safety: `
   
    rettungsdienst|rettung|krankenhaus|klinikum|klinik|patient|patienten|patientin|medikament|medikamente|insulin|dialyse|notruf|notrufe|hausnotruf|verletzt~|verletzung|feuer|brandgeruch|brandgefahr|rauch|feuerwehr|gas|lebensgefahr|gefahr|gefährlich~|pflegeheim|pflegeheime|pflegedienst|notaufnahme|intensivstation|blutspende|blutspendedepot|stationen|alarm|alarmanlage|strahlung|gasgeruch|rauchmelder,
    notruf*, kranken*, op planung, *dosis, insulin*, bolus*, dosierung|dosierungen, beatmung*, klinik*, patient*, zehnfache menge|dosis, stromschlag, in der sonne,
    kühlzellen|kühlung
  `,
  court: `
    einstweilige|einstweiligen verfügung,
    gericht|landgericht|amtsgericht|arbeitsgericht|klage|klageschrift|klagezustellung|notfrist|zustellung|staatsanwaltschaft|durchsuchungsbeschluss|beschluss|gerichtsvollzieher|vollstreckung|zwangsvollstreckung|pfändung|abmahnung|abgemahnt|unterlassungserklärung|verteidigungsanzeige,
    *beschluss, 72 stunden, stunden meldefrist|meldepflicht, aufsichtsbehörde, meldefrist|meldepflicht,
    verfügung
  `,
  law: `
   
    dsgvo|anwalt|anwältin|anwälte|rechtsanwalt|kanzlei|haftung|schadensersatz|schadenersatz|rechtlich~|rechtsgrundlage|vertrag|kündigung|kündige|widerruf|agb|auskunft|löschung|einwilligung|datenschutz|datenschutzbeauftragte|markenrecht,
    art #
  `,
  money: `
    doppelt|zweimal abgebucht|eingezogen|berechnet|belastet|bezahlt, zwei mal abgebucht|eingezogen|berechnet|belastet|bezahlt,
    doppelabbuchung|doppelbuchung|fehlbuchung, abgebucht~|eingezogen~|abgezogen~, ins minus, überzogen,
    geld weg|zurück|fehlt, auszahlung,
    erstattung|rückerstattung|erstatten|rückzahlung|gutschrift|zurückzahlen|zurückerstatten,
    nie|nicht geliefert|angekommen|erhalten, immer noch nichts|kein|keine,
    falsche|falschen iban|konto|summe|betrag, euro … weg|zurück
  `,
  dunning: `
   
    mahnung|mahnungen|mahngebühr|mahnverfahren|inkasso|inkassobüro|inkassobrief|zahlungserinnerung|sperrandrohung|rücklastschrift,
    inkasso*, mahn*, letzte mahnung, abgeschaltet|abschalten|stillgelegt|sperre, gedroht|droht|drohen,
    käuferschutz|käuferschutzfall
  `,
  again: `
    zum dritten|zweiten|vierten|wiederholten mal, dritte|zweite|vierte|fünfte mail|nachricht|anfrage,
    immer noch, noch immer, keine antwort|reaktion|rückmeldung, seit wochen|tagen|monaten,
    jetzt reicht|reichts, unverschämt|unverschämtheit|frechheit|skandal, niemand … antwortet|meldet,
    keiner … antwortet|meldet|zuständig, mehrfach|mehrmals
  `,
  workaround: `
    behelfen|behelfe, von hand, vorerst|vorläufig|einstweilen|notfalls, zur not, ausweichen,
    geht es|geht sonst|anderweitig, umgehen|umweg|notlösung, ansonsten|sonst … gut|normal|läuft,
    zwischenzeitlich, wiederhergestellt, händisch
  `,
  calm: `
    keine|keinerlei|ohne [große] eile|hektik|stress|hast|panik|druck|not|dringlichkeit,
    kein stress|hurry|notfall|problem|thema|drama|termindruck|beinbruch,
    nicht|net|nichts|ned|kaum [so|sehr|besonders|wirklich|wahnsinnig|furchtbar|ganz|allzu] dringend~|eilig~|dringliches|kritisch~|wichtig~|pressant,
    eilt|pressiert|brennt … nicht|net|ned, ist|wär … nicht dringend|eilig|schlimm, hat [noch|aber] zeit,
    bei gelegenheit, wenn|wann sie|ihr|du|mal zeit|luft haben|habt|hast|ist, in [aller] ruhe,
    lasst|lassen euch|sie sich zeit, irgendwann, gern nächste|nächsten woche|monat,
    reicht nächste|auch|bis woche|nächste, es eilt nicht, müsst nicht hetzen, geht auch später,
    keine umstände
  `,
  resolved: `
    läuft|geht|funktioniert|klappt wieder, wieder … läuft|erreichbar|da, hat sich erledigt,
    erledigt|gelöst|behoben, wieder erreichbar|online|da|gut|hergestellt,
    ist [inzwischen|schon|jetzt] behoben|gelöst, alles [wieder] gut|ok|bestens, nicht mehr nötig
  `,
  trifle: `
    tippfehler|rechtschreibfehler|kleinigkeit|schönheitsfehler|kosmetisch~|lappalie|nebensache|minimal~,
    nichts schlimmes|dramatisches|tragisches|wildes,
    nicht [so|weiter|wirklich] schlimm|tragisch|dramatisch, halb so wild|schlimm,
    nur neugierig|neugierde|so|kurz, aus neugier, farbe|schriftart|schrift|emoji|smiley
  `,
  wish: `
    wäre|wär … toll|schön|super|praktisch|klasse|hilfreich|nett|fein|prima|cool|traum|segen, wär's|wärs,
    wunsch|wünsche|wünschen|vorschlag|vorschläge|verbesserungsvorschlag|anregung|idee|ideen|funktionswunsch|wunschliste|wunschzettel,
    *wunsch, würde|würd mir|mich|uns wünschen|freuen, würde … freuen,
    könntet|könnten|könnt ihr|sie … einbauen|ergänzen|ermöglichen|hinzufügen|anbieten,
    bitte … einbauen|einführen|ergänzen|ermöglichen, baut bitte|das, geplant|angedacht|vorgesehen,
    fehlt uns|mir|noch, hätten|hätte … gern|gerne, schön wäre
  `,
  question: `
   
    wie kann|viel|lange|mach|mache|geht|funktioniert|ist|sieht|bekomme|komm|schalte|ändere|lösche|verbinde|richte|oft,
    wieviel, was kostet|ist|sind|passiert|bedeutet|heißt|muss|brauche, welche|welcher|welches|welchen,
    wo finde|kann|ist|stelle|sehe|ändere, gibt es|gibts, gibt's, kann|können man|ich|wir, darf man|ich,
    bietet|bieten|unterstützt|habt|haben ihr|sie, ist … möglich|enthalten|kompatibel|dabei|inbegriffen,
    wann ist|habt|haben|kommt|bekomme, wer ist|kann, vor dem kauf,
    angebot|prospekt|testphase|rabatt|preisliste|öffnungszeiten|unterschied|lieferbar|verfügbarkeit|mengenrabatt|vergleich|preis|tarif|staffelpreise,
    interessieren|interesse|überlegen, frage|fragen, lohnt sich, ab wann, geht das|es, brauche ich
  `,
  inquiry: `
    erkundigen|erkundige, informationen|infos|details|auskunft|auskünfte zu|über|zum|zur|bezüglich, interessiert|interessiere an|mich,
    mehr über|erfahren|details|informationen, infomaterial, fallstudien, prospekt
  `,
  praise: `
    vielen|herzlichen|tausend|besten|lieben dank, dankeschön|danke,
    lob|kompliment|großartig~|hervorragend~|klasse|super|toll~|spitze|begeistert|gratuliere|prima,
    weiter so, gut gemacht, sehr zufrieden, macht spaß
  `,
  unsolicited: `
    abwesenheitsnotiz|abwesenheit, automatische antwort, nicht im haus|büro,
    bewerbung|initiativbewerbung|lebenslauf|praktikum|praktikumsplatz|gewinn|gewinnspiel|gutschein|newsletter|presseanfrage|sponsoring|veranstaltung|einladung|kooperation,
    *bewerbung, hiermit bewerbe,
    hausaufgabe|hausaufgaben|rezept|wetter|witz|aufsatz|gedicht|fußball|kuchen|grillen,
    wir bieten|sind ihr, sparen|sichern sie, unverbindlich, testnachricht|testmail, liebe eltern,
    schatz|mutti
  `,
  hypothetical: `
    was passiert|ist wenn|falls|bei, was wäre wenn, angenommen, gesetzt den fall, im falle|fall eines|einer, wie würden sie,
    haften|haftet sie|ihr bei|wenn, haftung bei|für
  `,
  plain: `
    im notfall|ernstfall, bei einem ausfall|stromausfall|notfall,
    im falle|fall eines|einer ausfalls|störung|notfalls, kein|keinen ausfall|datenverlust|notfall|angriff,
    keine störung|störungen|unterbrechung|ausfälle|datenpanne|panne|fehler|probleme,
    nicht|nichts|nie ausgefallen|gehackt|verloren|kaputt|offline|tot|gesperrt|abgestürzt,
    ohne ausfall|datenverlust|probleme|störung|störungen|unterbrechung, geplant~ wartung|ausfall|abschaltung|unterbrechung,
    steht in|im|auf|unter|da|dort|drin|hier|bei|schon|nichts|nicht|mir|ihnen|zur|zwar|lediglich|am|oben|was|jetzt|seit|aus|drauf|dass|kein|keine,
    da|dort|es|drauf|oben|darin|drin|so|wie|was|nur steht, verfügung stehen|steht|stellen, zur verfügung,
    guten|schönen morgen, störung entschuldigen, entschuldigen sie die störung, störe,
    totes rennen, verfügung gestellt, black friday, brand neu, brandneu, nichts kaputt|weg|verloren,
    gefahren, wird gesucht, geringfügig~|klein~ sicherheitsvorfall|datenpanne|datenleck|störung|störungen|ausfall
  `,
};
