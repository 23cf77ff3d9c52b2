/** What customers show by their words, English then German, separated by commas; see `buildPhrases`. */
export const signalPhrases = {
  thanks: `
    thank you, thanks|thankyou|thx|ty|cheers, many thanks, much appreciated, i'm|we're|am|are [very|so] grateful,
    danke|dankeschön|merci|thx, vielen|herzlichen|besten|lieben|tausend|schönen dank, vergelt's gott, bin|sind [sehr] dankbar
  `,
  /** Thanks for nothing yet: formulas of those who ask, and irony. */
  formula: `
    thanks|thank you in advance, thanking you in advance, thanks for [absolutely] nothing, thanks a lot for nothing, thanks a bunch, no thanks, no thank you,
    thanks to, thank you for your understanding|attention|patience, thanks|thank but no [thanks|thank], no thanks to, dank im voraus, danke [schon] [mal|jetzt] im voraus,
    vielen|herzlichen|besten dank [schon] [mal|jetzt] im voraus, danke für [gar|rein|absolut] nichts, schönen|vielen dank auch, nein danke, danke [aber] nein [danke],
    dank ihrer|ihres|ihrem|eurer|eures|dem|der|des, danke für ihre|eure|deine geduld|aufmerksamkeit, vielen dank für ihr verständnis, danke für [ihr|euer] verständnis,
    vielen|besten|herzlichen dank für ihre nachricht|anfrage, thank|thanks you for your message|email|mail, thanks for your message|email
  `,
  frustration: `
    fed up, sick of, sick and tired, had enough, enough is enough, last straw, unacceptable|outrageous|ridiculous|disgrace|disgraceful,
    shambles|appalling|atrocious|furious|livid|fuming|scandal|pathetic|nightmare|useless, losing|lost [my] patience, at my wits,
    wits end, end of my tether|rope, how many [more] times, for the third|fourth|fifth|sixth|tenth|umpteenth|hundredth time,
    third|fourth|fifth|sixth|ninth time|message|mail|email|attempt|reminder|request, once and for all, nobody answers|replies|cares|listens,
    no one answers|replies|cares|listens, waste|wasted of|my time, wasting my time, again and again, ignoring|ignored me|us|my,
    what the hell|heck, how dare, beyond a joke, absolute joke, thanks for [absolutely] nothing, oh great|brilliant|wonderful|perfect|fantastic|lovely|super … another|again|broken|down|yet|third, still no answer|reply|response, frustrated|frustrating,
    jetzt|mir|uns|es reicht|reichts, reicht's, nase|schnauze voll, frechheit|unverschämtheit|unverschämt~|skandal|saftladen|sauladen|zumutung,
    inakzeptabel~|unzumutbar~|lächerlich~|unfassbar~|katastrophe|katastrophal~|unterirdisch~|schlamperei|sauerei, stinksauer|wütend~|verärgert~|frustriert~|genervt~,
    kotzt mich|uns, zum dritten|vierten|fünften|sechsten|zehnten|x-ten|wiederholten|hundertsten mal, dritte|vierte|fünfte|sechste mail|nachricht|anfrage|mahnung|versuch,
    wie oft noch|soll|muss, geduld … ende|gerissen|erschöpft|begrenzt, verliere die|meine geduld, am ende [mit] meiner|meinem, reißt … geduldsfaden,
    seit wochen … keine|nichts|niemand|nicht, keiner|niemand … antwortet|reagiert|meldet|zuständig|hilft, immer noch keine|nichts|kein,
    das darf|kann [doch] [ja] [wohl] nicht [wahr] sein, was soll das, na toll|super|klasse|prima|bravo|wunderbar, danke für [gar|rein|absolut] nichts, nie wieder, zum verzweifeln,
    von einem zum anderen, verarscht|verarschen, so nicht, geht|gehen zum dritten|vierten|fünften|x-ten|wiederholten mal nicht, abgewimmelt|vertröstet, zum haareraufen, langsam … genug
  `,
  notFrustrated: `
    not|isn't|aren't|hardly [at] [all] [really|that|so|too] frustrated|frustrating|furious|useless|ridiculous|pathetic|unacceptable|outrageous,
    no scandal|disgrace|nightmare, nicht|kaum|net [überhaupt|wirklich|so|sehr|mehr] frustriert|frustriert~|genervt|verärgert|wütend|inakzeptabel|unzumutbar|lächerlich,
    kein|keine skandal|katastrophe|frechheit|zumutung|unverschämtheit
  `,
  wantsPerson: `
    speak|talk to|with [your|the|a] manager|supervisor|boss|superior, verbinden|verbindet|verbinde [sie|ihr] mich|uns … mitarbeiter|mitarbeiterin|menschen|person|berater|kollegen|jemandem, keine bots|chatbots|roboter|automaten,
    talk|speak|speaking|talking|chat|connected|escalate|escalated|transfer|transferred|get|put [me] [to|with|through] [to|with] [a|an|the|some] [real|actual|live|proper|human] human|person|agent|representative|operator|someone|somebody|supervisor|manager|advisor,
    talk|speak to|with a|an|some|one [of] real|live|actual|human|your being|person|agent|people|staff|colleagues|managers|representative,
    real|actual|live|living person|human|people|agent, human being|agent|contact|support, a human please|now, no more bots, no bot|bots|chatbot|chatbots|robot|robots, not a|another|your bot|chatbot|robot|machine,
    instead of a|the|your bot|chatbot|robot|machine, reaches|reach|need|want|like|give|find|get [me|us] a human|person, need|want a person|human, somebody|someone [with] real|human, call me|us [back|please|on|at|today], ring|phone me|us [back], phone|ring me|us,
    give me|us a call|ring, call back, callback|call-back, someone|somebody [please] call|ring|phone, by phone|telephone please, in person please,
    menschen|mitarbeiter|mitarbeiterin|person|berater|beraterin|sachbearbeiter|ansprechpartner|ansprechpartnerin|vorgesetzten|kundenberater|jemandem|jemanden|jemand … sprechen|reden|telefonieren|verbunden,
    sprechen|reden|telefonieren … menschen|mitarbeiter|mitarbeiterin|person, echten|echter|echte|richtigen|richtiger|lebenden|leibhaftigen menschen|mensch|mitarbeiter|person, mensch statt|aus fleisch, menschen statt,
    einen|einem|nen menschen bitte|sprechen|haben, nennen sie mir einen, stellen … menschen, kein|keinen|keine|keinem bot|chatbot|roboter|automat|automaten|textbaustein|textbausteine|ki|maschine|automatischen|computer, nicht … [einem|einer|dem] bot|chatbot|roboter|maschine, statt [des|eines|einem] bot|bots|chatbot|chatbots|roboter,
    rufen|ruf|ruft [sie|ihr] mich|uns|bitte [bitte|doch|mal] [an|zurück], rufen|ruft sie|ihr mich|bitte … an|zurück, rückruf|rückrufbitte|zurückrufen, bitte um [einen] [dringenden|baldigen] rückruf|anruf, telefonisch … melden|erreichen|klären|kontaktieren, persönlich … sprechen|melden|telefonieren|klären, persönlichen ansprechpartner
  `,
  /** Looks like a wish for a person and is none. */
  notPerson: `
    human resources|rights|error|readable, human resources department, call me old fashioned|crazy|cynical, call us today for|and, real person record, callback url|function|urls|uri|endpoint, are you a [real] human|person|bot, is this a [real] person|bot,
    phone us numbers, no|without [a|any] callback|call, don't|no need [to] call|ring|phone me|us, no need to call|ring|phone, bist du ein|eine [echter|echte] mensch|person|bot, sind sie ein|eine [echter|echte] mensch|person|bot, rufen|ruf|ruft [sie|ihr] mich|uns [bitte] nicht|nie [mehr] [an|zurück], kein|keinen rückruf, rückruf ist nicht, rückruf nicht, rückrufaktion, brauchen mich nicht, real person's
  `,
  notWorking: `
    not|isn't|aren't|doesn't|don't|didn't|won't|wont|doesnt|dont|isnt|never|stopped|stops|quit work|working|works|worked|respond|responding|load|loading|open|opening|start|starting|connect|connecting|sync|syncing,
    does|did|do|is|are not work|working|respond|responding|load|loading|open|start|connect|sync, can't|cannot|couldn't log|sign|connect|open|access|load|print|save|upload|download|export|install|reach, unable to log|sign|connect|open|access|load|print|save|upload|download|export|install|reach, could|can not log|sign,
    broken|crash|crashes|crashed|crashing|freezes|frozen|defective|unreachable|outage, is|are|was|goes|keeps|site|server|system|shop|everything|it's down, error message|code|page, throws|shows|get|getting|gives|see [an|the] error|errors, fails|failed|failing, no longer work|works|working|opens|loads, nothing works|happens, refuses|refusing to print|work|start|open|load|connect|install|save|charge|boot|sync,
    not reachable|available, won't|wont turn|boot|charge|print|install|save|display, locked out, times|timed out, blank|white page|screen, out of order, keeps crashing|freezing|disconnecting|failing,
    will|wollen nicht [mehr] drucken|starten|laden|funktionieren|öffnen|speichern|verbinden|installieren, nicht [richtig|mehr] funktioniert|geklappt, geht|gehen zum zweiten|dritten|vierten|fünften|x-ten|wiederholten mal nicht,
    funktioniert|funktionieren|funzt|funktionierte|funktionieren|klappt|klappte|läuft|laufen|lädt|laden|startet|starten|öffnet|reagiert|verbindet|synchronisiert|druckt|antwortet … nicht|nimmer|nimma|net|ned|nix,
    geht|gehen|ging|gehts [seit|bei|immer|hier|bei] [gestern|heute|mir|uns|noch|wieder|gar] nicht|nimmer|net|ned|nix|nichts, geht|gehen … nicht mehr, kann|können|konnte … nicht [mehr] anmelden|einloggen|öffnen|laden|speichern|drucken|zugreifen|starten|installieren|hochladen|herunterladen, nicht [mehr] erreichbar|verfügbar,
    lässt|lassen sich … nicht, kaputt~|defekt~|ausgefallen~|abgestürzt~|ausfall|absturz|fehlermeldung|offline, stürzt … ab, hängt sich, hängt|hakt|spinnt, bricht … ab, schlägt fehl, streikt, nichts geht|passiert|funktioniert, bleibt [weiß|schwarz|leer|hängen] weiß|schwarz|leer|hängen, komme|komm|kommen … nicht [mehr] rein|weiter|ran, weiße|leere seite, bleibt … schwarz|weiß|leer|dunkel, gar nichts mehr
  `,
  /** Looks like a failure and is none. */
  notFailure: `
    geht|gehen [es] [mir|uns|hier] nicht [nur] um|darum, geht es nicht [auch|noch] schneller|günstiger|billiger|anders|einfacher|auch, we're|i'm|they're not working, we|i|they are|am not working, we|they aren't working, not working on monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekends|holidays, not [yet] open|opening on|at|until, don't work on|at|there|here|weekends|for, are you not open,
    was|got fixed|resolved, works|working again, läuft|geht|funktioniert|klappt wieder, no error|errors, keine|ohne fehlermeldung, kein absturz|ausfall, nicht|nichts kaputt|defekt|ausgefallen, nothing [is] broken, not broken, isn't broken
  `,
  /** Went well: a thank-you beside one of these is meant. */
  success: `
    works|working|fixed|solved|sorted|resolved|done [perfectly|fine|again|now], all good [now], did the trick, that helped|worked|was quick, problem solved, you|that saved, very helpful, great help,
    hat [alles|prima|super|bestens|wunderbar] geklappt|funktioniert|geholfen, klappt|läuft|geht|funktioniert [jetzt|nun|alles] [wieder|jetzt|super|prima|einwandfrei|alles|wunderbar|perfekt], erledigt|gelöst|behoben|storniert, alles [wieder|bestens|super] gut|ok|da|bestens, war die lösung, super hilfe|schnell, sehr nett|hilfreich|freundlich
  `,
  /** Asks for something: a thank-you at its end is a formula. */
  request: `
    please|pls, can|could|would|will you|someone|somebody|anyone, i|we need|want, i'd|we'd like, i|we would like, how do|can|to, let me|us know,
    bitte|bitt, könnt|könnten|könntet|können|kannst|würden ihr|sie|du|mir, ich|wir brauche|brauchen|möchte|möchten|hätte|hätten|will|wollen|bräuchte|bräuchten, wie kann|mache|komme
  `,
} as const;
