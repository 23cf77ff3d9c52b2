import type { CueKind } from './urgency-kinds.ts';

/** English cues of urgency by kind, separated by commas; how they are written: `buildPhrases`. */
export const englishUrgency: Readonly<Record<CueKind, string>> = {
  disaster: `
   
    production|assembly|plant [line|server|system|environment] [is|has|was] [completely|currently] down|stopped|halted|standstill|offline|unreachable,
    production outage|stop|standstill, stopped|halted production, data loss, loss of data,
    losing [all] [our|the|customer] data|files|records|orders,
    data [is|are|was|keeps] [being] lost|leaking, data breach, security breach|incident,
    been|got|were|was|are|is [just] hacked|breached|hijacked|compromised, ransomware,
    hacker|hackers|attacker|attackers|intruder is|are|has|have,
    customer data leaked|exposed|public|visible,
    total|complete|full|widespread|nationwide outage|blackout|standstill, company|site|nation wide outage|blackout|failure,
    company wide outage,
    whole|entire company|office|network|hospital|business|site|shop [is|has] [completely] down|offline|standstill,
    everything is down,
    all|every [our|the] systems|servers|sites|stores|tills|lines|shops|phones [are|is] [completely] down|dead|offline|unreachable,
    nobody can work|pay|call|log|sign|enter, no one can work|pay|call|log|sign|enter,
    none of our|us … can work|log|sign|take|open,
    server|servers|system|database|platform … down … everyone|nobody|company, gas leak
  `,
  urgent: `
    urgent|urgently|asap|immediately|emergency|critical|straightaway|pronto, as soon as possible,
    right away|now, at once, top|highest priority, priority one|1, prio one|1, p1|prio1,
    quickly|quick please, please hurry, time critical|sensitive, escalate, call|ring me,
    need|needed this now
  `,
  today: `
    today|tonight, by noon|midnight|tonight|today, by|before|until # am|pm, by|before|at # o'clock,
    within|in the [next] hour, within|in an hour, in # minutes, in|within one|two|three hours,
    in fifty|forty|thirty|twenty|ten minutes,
    by|before one|two|three|four|five|six|seven|eight|nine|ten|eleven, end|close of business,
    by end of day, eod, before|by lunch, in the next [few] minutes|hours, four|five o'clock
  `,
  soon: `
    tomorrow, by|before|until|on monday|tuesday|wednesday|thursday|friday|saturday|sunday, this week,
    deadline, within # days|hours, before the weekend, in two|three days, due on|date|by, cut off,
    days left|remain, at the latest, runs out, expires, end of the|this week, payroll|wages|salaries,
    suspended|suspension
  `,
  outage: `
   
    is|are|was|were|been|be|goes|went|gone|has|still|completely|totally|all|again|everything|it's|currently|now down,
    server|servers|site|website|shop|store|system|systems|network|internet|api|service|phones|platform|portal|app|tunnel|line|lines|mail|email|everything down,
    disruption|disruptions|interruption|interruptions|interrupted,
    outage|outages|downtime|unreachable|offline|inaccessible|unavailable|blackout,
    not|cannot|can't|isn't|aren't [be] reachable|accessible|available|loading|responding|reached|opening,
    no connection|connectivity|signal|service|electricity|power|dial|heating, loss of connectivity|connection|service,
    ceased|stopped to accept, ceased|stopped accepting,
    not responding|answering|arriving|reachable, stopped working|responding,
    won't|wont|doesn't|don't|not load|connect|respond|boot, timeout|timing|times out, timeout,
    502|503|504, error|http|status|internal 500, bad gateway, gateway timeout, dead|frozen|dark|failing|failed,
    cannot|can't [even] connect|reach|take, nothing … works|comes|loads, standstill, stands still,
    at a halt, stranded|idle, keeps spinning, white|blank page|screen,
    shop|site|website|page|everything is gone, whole shop is gone, refusing|refuses|rejects|rejecting,
    drops out
  `,
  system: `
   
    server|servers|system|systems|platform|network|database|databases|cluster|website|shop|storefront|webshop|checkout|infrastructure|erp|sso|gateway|backup|tills|terminals|api|switchboard|scanners|trunks|portal, call centre|center
  `,
  production: `
    production, prod, production server|system|database|line|environment|stopped, assembly line,
    plant|plants, warehouse, live system
  `,
  scope: `
   
    whole|entire company|office|team|shop|department|school|firm|valley|organisation|organization|site|fleet|town|building|store|sixth|street|hospital|village,
    everyone|everybody|nobody, all of us, no one|body, none of our|us|the|them,
    all [our|the|of] users|staff|customers|employees|colleagues|sites|stores|branches|shops|visitors|drivers|tenants|plants|tablets|terminals|devices|teachers|workstations|orders|accounts|admins,
    all three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|forty|hundred|our|#, every one,
    every single|user|customer|order|one|branch|store|employee|visitor, across, company wide,
    hundreds|thousands|dozens, multiple sites|customers,
    # people|users|staff|customers|employees|stores|branches|agents|drivers|residents|sites|centres|pcs|workstations|tenants|workspaces|pupils|patients|members|guests|vehicles|seats|colleagues|tablets|locations|clients|companies|shops,
    # of our|the|us, whole of, general|total|complete|widespread outage|failure,
    multiple|several|numerous|many|various systems|departments|teams|users|offices|locations|services|customers|clients|employees,
    two|three|four|five|several|both|all plants|sites|offices|hospitals|wards|branches|stores|homes|countries,
    wards, two|three|four|five hundred, forty drivers|people, for anyone|anybody [in|at], every location|branch|site|ward,
    all|# [of] [our|its] branches|locations|wards|clinics, complete|total loss
  `,
  blocked: `
    can't|cannot|couldn't log|sign|get in|on|into, can|could not log|sign|get in|on|into,
    can't|cannot|couldn't … log in|sign, locked out, locked, unable to, no access, lost access,
    blocked|stuck, lost|stolen phone|authenticator, rejected,
    can't|cannot work|continue|pay|invoice|send|access|deactivate|terminate|remove|disable, access denied,
    no admin, only owner|admin|administrator, only one who, nobody else
  `,
  grave: `
    severe|severely|serious|seriously|significant|significantly|major|massive|massively|substantial|substantially|drastic|drastically|crippling|gravely,
    heavily affected|impacted|degraded
  `,
  fault: `
    malfunction|malfunctions|malfunctioning|overload|overloaded|overloads|degraded|unstable|instability|unresponsive|failures|crashed|crashing,
    not|isn't|aren't|doesn't|don't|didn't|never work|working|arrive|arrives|arrived,
    error|errors|broken|wrong|crash|crashes|bug|fails|fault|faulty|failure|missing|incorrect|misprinted|defect|problem|problems|slow|disconnects|glitch,
    stack trace, exception,
    won't|wont|doesn't|does not open|start|print|install|sync|charge|turn|show|save, stopped, stuck
  `,
  loss: `
    data loss, loss of data, losing|lost|loses data|files|records|documents|everything|orders|entries,
    deletes|deleting|erases|erasing|wipes|wiping|overwrites|overwriting|removing|vanish|vanished|vanishing|disappear|disappeared|disappears|disappearing|wiped|overwritten|corrupted|corrupts,
    deleted files|data|records|documents|folders|invoices|our, # gone, is|are|was|were gone,
    text|file|files|folder|data gone, eats files, renamed, encrypted|encryption|encrypting, goes empty
  `,
  breach: `
    data breach,
    breach|breached|hacked|hijacked|hacker|hackers|attacker|attackers|intruder|ransomware|compromised|malware|leak|leaked,
    taken over, unauthorised|unauthorized|unknown access|party|user|person|use,
    somebody|someone [else] is|logged|changed|took|keeps|orders|switched in|into|over|my|our|the,
    other|another customer's|customers|people's|person's|family's|company's data|bills|account|file|files|details|name|address|invoices,
    somebody|someone else's data|bills|account|file|details|name|address|invoice, somebody|someone else's,
    strangers|stranger's|stranger, ex|former employee|admin|contractor|partner|cleaner,
    open to anybody|anyone, still an|has admin|owner|access, wasn't|was not me, not me,
    wrong person|customers|people|recipient, customer data of others
  `,
  suspicion: `
    suspicious|strange|unknown|unrecognised|unrecognized login|logins|device|session, sign in|ins from,
    phishing|scam|fraud|fraudulent|fake|blackmail, don't recognise|recognize, didn't request|ask,
    never requested, logged in from, security|vulnerability|exploit,
    from another|abroad country|continent
  `,
  ongoing: `
    right now, as i type|write|speak, and counting, still happening|going|active|running,
    keeps|climbing|counting, at this moment, since # am|pm, since #,
    since this morning|midnight|last|yesterday|lunch|tonight|about, for # minutes|hours,
    for the last|past, so far, every hour|minute, in progress, with each, watching
  `,
  safety: `
   
    ambulance|ambulances|hospital|patients|patient|medication|dialysis|insulin|dose|injured|injury|fire|smoke|danger|dangerous|999|residents|ward|wards|surgery|vaccine|nurse|nurses|alarm|brigade|theatre|safeguarding|shelter|evacuate,
    emergency calls|call, gas leak|smell, crowd, burned|burnt|burning, ventilator, water treatment,
    food bank, times ten, care home|homes, electric shock, kids|child … hurt, children|boy … sitting,
    stranded
  `,
  court: `
    court order, court, injunction|summons|bailiff|bailiffs|subpoena|prosecutor|warrant,
    interim|preservation order, 72 hour|hours, hours clock, hour clock, served, supervisory authority,
    regulator|ico, statutory month|deadline, small claims, claim form, compliance due,
    breach notification, proceedings
  `,
  law: `
   
    gdpr|lawyer|lawyers|solicitor|solicitors|liability|liable|trademark|article|clause|legal|contract|notice|terms|erasure|dpa,
    subject access
  `,
  money: `
    charged|debited|taken|billed|deducted|collected twice|double|again|wrongly|without,
    double charge|charged|debit|payment, charged # customers, overdrawn|overdraft,
    money back|missing|gone, payout|payouts, wrong amount,
    refund|reimburse|reimbursed|reimbursement|chargeback|repay|repayment,
    never arrived|received|delivered, still waiting, not|been refunded|credited|received,
    hasn't|has not arrived|come, took|pulled # from
  `,
  dunning: `
    final notice|demand|reminder, reminder fee, debt collection|collector|collectors, collections,
    cut|switch us|you off, cut off, account will be, threatens|threatened|threatening, late fee,
    disconnect, dispute|disputed|chargeback
  `,
  again: `
    third|second|fourth|fifth|ninth time|message|email|mail|attempt|reminder|request,
    still no|nothing|not|waiting, no reply|answer|response from, again and again, how many times,
    for the last|third|umpteenth time, ignored|ignoring, unanswered, weeks ago,
    nobody replies|answers|answered|replied, enough, fed up, unacceptable|ridiculous|disgrace|scandal
  `,
  workaround: `
    workaround, work around, way round|around, in the meantime, for the time being,
    manage|managing|coping|limping, we have|had switched|gone to paper, by hand, otherwise fine|ok,
    works fine|otherwise, instead i, rolled back, restored, elsewhere
  `,
  calm: `
    no|without [any] urgency|rush|hurry|stress|panic|pressure, no need to hurry|rush|panic,
    not|isn't|nothing|hardly|never [at] [all] [very|really|terribly|that|so|super] urgent|urgently|pressing|critical|important|dramatic,
    not in a|any hurry|rush, there's|is no hurry|rush,
    when|whenever you have|get|find [a] [the] [some] time|chance|moment|minute,
    whenever [it] [is] suits|convenient|possible|you, at your convenience|leisure, take your time,
    low priority, can wait, it can wait, next week|month|quarter|year is|will fine|do,
    end of month|the month would|is, don't|no need to hurry, non urgent, some day, one day, no deadline,
    won't chase
  `,
  resolved: `
    works|working again|now, is|been|was|has|now|got resolved|solved|fixed|sorted,
    solved|resolved it|itself, back up|online|to normal, running again, sorted out|itself, all good now,
    has been dealt, was down last|yesterday, no longer needed|necessary, thanks anyway, up again
  `,
  trifle: `
    typo|cosmetic|minor|tiny|trivial|nitpick|slightly, small thing|issue|matter,
    nothing dramatic|serious|terrible|tragic, no big deal, just|only a thought|detail,
    just curious|wondering, curious, not a big, wrong colour|color|icon|flag, looks odd|funny,
    colour|color|font|teal|logo
  `,
  wish: `
    would be|love|like great|nice|lovely|good|to|helpful|handy|an|a|a, it'd be, i'd love|like|wish,
    we'd love|like, please add|consider|allow|include, could|can you add|build|include|make|introduce,
    feature|suggestion|suggestions|wish|wishlist|idea|ideas|roadmap|request|proposal, wish list,
    how about, any plans, is anything|it planned, i wish, would you consider, pretty please, dream,
    beta test, icing, dark mode
  `,
  question: `
    how do|can|does|much|many|long|to|would, what is|are|does|do|happens|if|exactly, what's, which,
    where do|can|is|are, do|does you|your|it|the|this offer|support|have|plan|include|app,
    is|are there|it [a] possible, is it, can i|we|one|you, when do|does|is|are|will, who do|is,
    are you open, wondering, before we|i buy|order|sign|decide, thinking of buying|switching,
    quote|brochure|trial|demo|pricing|discount|compatible|compare|comparing, opening hours, hours,
    difference between, question|questions, interested
  `,
  inquiry: `
    inquire|inquiring|inquiry|enquire|enquiring|enquiry, interested in, information|details|insights on|about|regarding,
    learn|know|hear more about, more information|details, brochure, case studies, best practices
  `,
  praise: `
    thank you [so|very] much, thanks,
    great|brilliant|lovely|excellent|wonderful|marvellous|fantastic job|work|service|team|support|help,
    well done, keep it|at up, compliment|compliments|kudos|cheers, happy with, congratulations,
    love your|it|the
  `,
  unsolicited: `
    out of office, automatic reply, parental|maternity leave,
    unsubscribe|newsletter|backlinks|seo|rankings|winner|lottery|inheritance|crypto|webmaster|cv|resume|vacancy|internship|journalist|podcast|sponsorship|partnership|event|invitation|webinar,
    my cv, hiring manager, dear hr|winner|beneficiary|webmaster, free quotation|audit,
    we are [a] [the] leading, homework|recipe|weather|joke|essay|poem|football|quiz,
    test test, asdf
  `,
  hypothetical: `
    what happens if|when, what would happen if|when, what if, how would you, how do you handle, suppose|supposing, in case, assuming,
    in the event of, would you be liable, would be liable
  `,
  plain: `
    scroll|scrolling|scrolled down,
    further|drop|nail|narrow|write|note|break|sit|turn|put|slow|cool|calm|come|go|going|bring|track|hold|pass|hand|step|pipe|lie|close|shut|settle|count|tone|let|fell|fall|bend|press|swipe|pull|pushed|look|look|took|jot|noted|wrote down,
    down to|the|payment|payments|here|there|below|on|arrow|a|as, up and down, breakdown of, down payment,
    critical mass|acclaim, emergency contact|exit, urgent care, dead end|line|easy, fire stick|tv,
    black|white friday, hard drive, today only, dialogue, lost in, how urgent, production of documents,
    alarm clock, in case of [an|a] emergency|outage|fire|failure,
    no outage|breach|loss|failure|downtime|problem|problems|errors|alarm|error,
    nothing is|was broken|lost|down|wrong|missing,
    isn't|not|never [really] down|hacked|broken|lost|offline|dead|blocked|locked,
    without [any] outage|downtime|disruption|disruptions|interruption|data loss, no disruption|interruption, planned outage|downtime|maintenance|interruption, uptime, nobody|everyone else, deal breaker,
    court yard, gas bill|supplier, minor [security|data|system] breach|incident|outage|disruption|disruptions|leak,
    outage notification|notifications|protocol|protocols|procedure|procedures|plan|plans
  `,
};
