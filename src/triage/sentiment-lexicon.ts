/** Words of feeling by strength, English then German, separated by commas; how they are written: `buildPhrases`. */
export const feelings: Readonly<
  Record<'glad' | 'pleased' | 'polite' | 'none' | 'trouble' | 'displeased' | 'upset', string>
> = {
  glad: `
    love|loved|adore|fantastic|brilliant|wonderful|excellent|amazing|superb|outstanding|delighted|thrilled|perfect,
    marvellous|terrific|awesome|legend|legends|lifesaver|flawless|impeccable, thank you so|very much, thanks so much,
    a million thanks, can't thank you enough, best … ever, well done, great job|work|service|support, keep it up,
    over the moon, made my day, highly recommend, works perfectly|like a charm|beautifully, happiest,
    begeistert|großartig~|hervorragend~|ausgezeichnet~|fantastisch~|wunderbar~|genial~|perfekt~|traumhaft~|vorbildlich~,
    exzellent~|herausragend~|sensationell~|bestens|hammer|mega|spitze|spitzenmäßig~, tausend|herzlichen dank, weiter so,
    vielen lieben dank, großes lob|kompliment, gut gemacht, ganz toll~|lieb~|herzlich, sehr zufrieden|gut|nett|freundlich,
    bin|sind begeistert, macht spaß, absolut top, respekt|hut ab|chapeau, klappt wunderbar|super, läuft wie geschmiert,
    mega nett, tolle arbeit|sache|hilfe, beste … überhaupt
  `,
  pleased: `
    great|lovely|happy|glad|pleased|helpful|friendly|smooth|smoothly|reliable,
    appreciate|appreciated|grateful|enjoy|enjoyed|satisfied|impressed|recommend|improved,
    works|working again|now|well|fine, solved|resolved|fixed|sorted, well|nicely explained|made|thought, compliment,
    congratulations|congrats|kudos, relief|relieved, finally works|working|fixed|solved, strike|outage|disruption|delay is|has [been] over|ended|resolved, good|great news, looking forward, bravo, like|liked the|your|it, thumbs up, polite|patient|witty|charming|delight,
    toll~|super|prima|klasse|nett~|freundlich~|hilfreich~|zuverlässig~|angenehm~,
    vergelt's|zufrieden~|froh|erfreut|lob|lobe|kompliment|glückwunsch,
    weiterempfehlen|gelungen~|flott~|geduldig~|höflich~|sympathisch~,
    spaß|genießen|entspannt~|verbessert, läuft|geht|klappt|funktioniert wieder|jetzt|super,
    gelöst|behoben|erledigt, hat geklappt|geholfen|funktioniert, daumen hoch, gefällt|gefallen, freundlicherweise, top,
    erleichtert~|erleichterung|aufatmen, endlich geht|klappt|läuft|wieder|da, streik|störung|sperrung|ausfall [ist] [vorerst] beendet|behoben|vorbei, gute|tolle nachricht|nachrichten, vorfreude, vorbildlich, lecker, glücklich~, bravo, erfreulich~
  `,
  polite: `
    good|nice|kind|kindly|quick|fast|easy|useful|fine|cheers|thanks|thank|ta|safe|cheap|modern|better|interesting,
    gut~|schön~|schnell~|praktisch~|danke|dankeschön|dank|merci|gern|gerne|lieb~|herzlich|freue|freut|freuen,
    günstig~|günstiger|modern~|besser|interessant~|nette|sauber~|cool|pünktlich~|bequem~|empfehlen|empfehle
  `,
  trouble: `
    wrong|slow|problem|problems|issue|issues|error|errors|broken|fail|fails|failed|failing|crash|crashes|missing|difficult,
    stuck|lost|locked|blocked|outage|cancelled|cold|hot|narrow|cannot|can't,
    falsch~|langsam~|problem|probleme|fehler|defekt~|kaputt~|ausfall|ausfälle|ausgefallen~|störung|störungen|verloren|unklar~,
    warte|warten|hängt|hakt|gesperrt~|sperrung|stillstand|entfällt|entfallen|kalt~|heiß~|eng~, *störung, *störungen, *problem, *probleme, *fehler
  `,
  none: `
    geht [es] [mir|uns] nicht [nur] um|darum, not only, nicht nur, no|kein|keine problem|probleme|fehler, nicht so schlimm,
    no big deal, good|guten morning|afternoon|evening|day|morgen|tag|abend, best|kind regards|wishes, sehr geehrte|geehrter, freundliche|freundlichen|liebe|lieben|herzliche|herzlichen|beste|besten|schöne|schönen|viele|vielen grüße|grüßen|gruß,
    kind|nice of you, guten appetit, leider geil, help|good|great deal, as good as, i'd like, would like, gut|schnell möglich
  `,
  displeased: `
    delay|delays|delayed|late, bad|poor|annoying|annoyed|annoys|disappointed|disappointing|unhappy|unfortunately|sadly|sorry,
    confusing|confused,
    complicated|complaint|complain|complaining|worse|trouble|useless|dull|pity|concerned|worried|nervous|odd,
    waiting|waited|ignored|unanswered|rude|unfriendly|expensive|overcharged|unclear,
    no reply|answer|response|reaction, still no|not|waiting, yet again, every single|bloody|damn time|day|week, far|much too,
    frustrated|frustrating|frustration|annoyance|irritated|irritating|anger|stress|stressful|exhausting|boring|messy|mess|sloppy,
    arrogant|ignorant|clueless|unprofessional|unhelpful|unreliable|unsafe|dangerous|stupid|dumb|lousy|nasty|mean|dirty|filthy,
    crowded|overcrowded|overloaded|chaos|chaotic|strike|strikes|debacle|fiasco|flop|blunder|disaster|letdown|mishap|fail,
    criticise|criticises|criticised|criticism|criticize|protest|blame|blames|accuse|accuses, broken promise|promises,
    let|lets|letting me|us|you down, let down, too late|full|loud|expensive|cold|hot|slow|little|few, no idea|clue,
    nobody cares|helps|answers|replies|knows, no one cares|helps|answers|replies|knows, doesn't|don't|won't even, not even, sick of, had to wait, made me wait, not working|acceptable|good|happy|fair|amused|impressed|helpful,
    doesn't|don't|didn't|won't work|help|open|load, never arrived|came|received|again, gave up, tired of, wasted|waste,
    schlecht~|ärgerlich~|enttäuscht~|enttäuschend~|leider|unzufrieden~,
    verspätung|verspätungen|verspätet~|verspäten|mühsam~|nervt, fällt|fallen|fiel … aus,
    nervig~|nerven|genervt~|kompliziert~|umständlich~|unverständlich~|beschwerde|beschweren|schlimm~|schade|traurig~|sorge,
    sorgen|besorgt~|vergeblich~|unfreundlich~|teuer|teure|teurer|teures|teuren|überteuert~|gewartet,
    ignoriert~|schwach~|schwierig~|peinlich~|dreckig~|schmutzig~|stinkt|überfüllt~|verpasst~,
    zu spät, zu voll|laut|teuer|kalt|heiß|langsam, keine antwort|reaktion|rückmeldung|info|infos|ahnung|klimaanlage|lust,
    immer noch|noch immer … nicht|kein|keine|nichts, funktioniert|geht|klappt|läuft … nicht, stimmt … nicht,
    nicht gut|schön|zufrieden|erreichbar|nachvollziehbar|in ordnung|lustig|möglich, *chaos,
    streik|streiks|streiken|gestreikt|chaos, warnstreik*, verspätungs*, *verspätung, *verspätungen, *streik,
    unpünktlich~|unfähig~|mangelhaft~|mangel|mängel|ungenügend~|notbremse|brand|unfall|entgleist|evakuiert~, hoffentlich nicht,
    schon|jetzt wieder, jeden|jedes|jede verdammten|verdammte|einzelnen|einzige|einzigen tag|mal|woche, viel|völlig zu,
    ärger|ärgern|ärgert|ärgere|geärgert|verärgert~|frust|frustriert~|frustrierend~|stress|stressig~|anstrengend~|langweilig~,
    belastend~|lästig~|bitter~|mies~|übel|üble|übler|blöd~|doof~|dumm~|dumme|bescheuert~|bekloppt~|schlampig~|gefährlich~|unsicher~,
    arrogant~|ahnungslos~|planlos~|inkompetent~|unprofessionell~|unzuverlässig~|pampig~|patzig~|schmuddelig~|schrottig~|schrott,
    panne|pannen|debakel|desaster|fiasko|flop|blamage|reinfall|versäumnis|versäumnisse|versagen|versagt|fehlleistung|fail,
    überlastet~|chaotisch~|kritik|kritisiert|kritisieren|vorwurf|vorwürfe|proteste|beklagt|beklagen, *panne, *ärger, *desaster,
    nicht einmal|mal, keiner|niemand hilft|antwortet|weiß|kümmert, zu wenig|wenige, hängen gelassen|lassen, warten lassen|müssen|musste,
    gebrochene versprechen, keinen plan|bock, null ahnung|bock, spinnt, stehen gelassen, im stich, nicht verstanden|verständlich, warum nicht, wieso nicht, ohne grund
  `,
  upset: `
    terrible|horrible|awful|dreadful|appalling|atrocious|abysmal|outrageous|outrage|disgrace|disgraceful|disgusting|disgusted,
    unacceptable|ridiculous|absurd|scandal|scandalous|shame|shameful|shambles|nightmare|furious|angry|livid|fuming|hate,
    hated|worst|pathetic|incompetent|incompetence|rubbish|garbage|crap|bloody|damn|wtf|fraud|scam|ripoff, rip off, a joke,
    robbery|liars|lied|insult|insulting, fed up, sick of, sick and tired, had enough, enough is enough, last straw,
    never again, thanks for nothing, how dare, how on earth, what the hell, no thanks to you, at the end of my, utterly,
    miserable, absolute joke, waste of money|time, losing patience, patience is, lost patience,
    katastrophe|katastrophal~|furchtbar~|schrecklich~|grauenhaft~|grottenschlecht~|miserabel~|unterirdisch~|unmöglich~,
    unverschämt~|unverschämtheit|frechheit|frech~|skandal|skandalös~|schande|schändlich~|lächerlich~|inakzeptabel~,
    unzumutbar~|zumutung|unfassbar~|unglaublich|wütend~|sauer|stinksauer|wut|empört~|empörend~|hasse|hass|ekelhaft~|eklig~,
    widerlich~|scheiß|scheiße|scheisse|mist|saftladen|sauladen|drecksladen|dreck|idioten|vollidioten|abzocke|abzocker|betrug,
    betrüger|verarsche|verarscht|verarschen|verdammt~|verflucht~|kotzt|kotzen, jetzt|mir|uns|es reicht|reichts,
    reicht's, schnauze|nase voll, nie wieder, na toll|super|klasse|prima|bravo, danke für nichts, schönen|vielen dank auch,
    das letzte, das darf|kann [doch] [ja] [wohl] nicht [wahr] sein, ein witz|trauerspiel|armutszeugnis|unding|albtraum,
    platzt [mir] der, am ende [mit] meiner, verliere die|meine geduld, so [ein] ein mist|schwachsinn|quatsch, blödsinn,
    schwachsinn|saumäßig~|beschissen~, drecks*, scheiß*, unter aller sau|kanone, pfui|schämt|schämen, fassungslos~, horror
  `,
};

/** Words that turn a feeling round, and words that strengthen or weaken it; folded as in `tokenise`. */
export const negatingWords =
  "not no never hardly barely without nothing isn't wasn't aren't weren't don't doesn't didn't can't cannot won't couldn't wouldn't nicht kein keine keinen keinem keiner keinerlei nie niemals kaum ohne nichts net ned nix weder";
export const strengtheningWords =
  'very really so extremely absolutely totally completely utterly incredibly highly sehr echt wirklich total absolut voellig extrem richtig unglaublich ganz dermassen sowas besonders';
export const weakeningWords =
  'slightly somewhat rather fairly bit little almost perhaps etwas ein bisschen wenig ziemlich eher leicht fast vielleicht';
