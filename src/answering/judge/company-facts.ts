/**
 * What people ask about a company and hardly any handbook tells. Such a question is answered only by a text that speaks
 * of the same thing: an opening time beside it, however relevant its section, is none. A pattern holds the words of both
 * languages, since a reply may quote either.
 */
export const companyFacts: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['fax number', /\b(?:tele)?fax(?:e|es|ed|ing|nummer|number|anschluss)?\b/iu],
  [
    'founder or founding',
    /\bfound(?:ers?|ed|ing)\b(?! (?:under|in the|at))|(?<!\p{L})(?:gegründet|gründ(?:er|erin|ern|ung|ete\p{L}*))(?!\p{L})/iu,
  ],
  [
    'management or owner',
    /\b(?:ceo|cto|cfo|managing directors?|shareholders?|parent company|investors?|stock exchange)\b|(?<!\p{L})(?:geschäftsführ\p{L}*|vorstand(?:s\p{L}*)?|gesellschafter\p{L}*|mutterkonzern|konzern|investor\p{L}*|börse\p{L}*)(?!\p{L})/iu,
  ],
  [
    'figures of the business',
    /\b(?:annual revenue|turnover|profits?|headcount|number of employees|how many (?:people|employees|staff) (?:work|do you (?:have|employ)))\b|(?<!\p{L})(?:jahresumsatz|umsatz|gewinn|mitarbeiterzahl|wie viele (?:mitarbeiter|leute|angestellte) (?:habt|haben|arbeiten|beschäftig)\p{L}*)(?!\p{L})/iu,
  ],
  [
    'jobs and pay',
    /\b(?:job openings?|vacanc(?:y|ies)|internships?|apprenticeships?|hiring|salar(?:y|ies) at)\b|(?<!\p{L})(?:stellenangebot\p{L}*|praktik\p{L}*|ausbildungsplatz|ausbildungsplätze|verdient man|sucht ihr (?:\p{L}+ )?(?:leute|mitarbeiter|entwickler\p{L}*))(?!\p{L})/iu,
  ],
  [
    'bank account',
    /\b(?:iban|bic|swift code)\b|(?<!\p{L})(?:bankverbindung|kontonummer|hausbank)(?!\p{L})|\bwhich bank\b|\bwelche bank\b/iu,
  ],
  [
    'tax or register number',
    /\b(?:tax number|company number|commercial register|register number)\b|(?<!\p{L})(?:steuernummer|handelsregister\p{L}*|hrb)(?!\p{L})/iu,
  ],
  ['parking', /\b(?:parking|car park)\b|(?<!\p{L})(?:park(?:platz|plätze|en|haus))(?!\p{L})/iu],
  ['weather', /\bweather\b|(?<!\p{L})wetter(?!\p{L})/iu],
  ['birthday', /\bbirthdays?\b|(?<!\p{L})geburtstag\p{L}*/iu],
  ['sponsoring', /\bsponsor\p{L}*|(?<!\p{L})(?:spende[nt]?|spendet)(?!\p{L})/iu],
  [
    'reference customers',
    /\b(?:biggest|largest|reference|well-known) (?:customers?|clients?)\b|(?<!\p{L})(?:größten|bekanntesten) kunden(?!\p{L})|referenzkunden?/iu,
  ],
];
