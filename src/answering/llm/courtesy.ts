/**
 * Sentences that may stand in a draft without a citation, because they state nothing about the company, its
 * product or the case: courtesy, a question back, the word that the documentation does not tell, and the line
 * that leads in a list. Anything with a number, an address, an action or a promise is none of them.
 */
export function needsNoCitation(sentence: string): boolean {
  const words = sentence.split(/\s+/).length;
  if (words > 35 || /@|https?:|www\./i.test(sentence) || ours.test(sentence)) return false;
  if (saysNotTold(sentence)) return true;
  if (words <= 12 && opensOrCloses(sentence)) return true;
  if (words > 25 || /\p{N}/u.test(sentence) || done.test(sentence)) return false;
  return sentence.endsWith('?') || (sentence.endsWith(':') && words <= 15) || courtesy.test(sentence);
}

/** "Dear Ms Ray,", "Kind regards Your support", "If you have further questions, just reply to this message." */
function opensOrCloses(sentence: string): boolean {
  if (offer.test(sentence)) return true;
  const opening = address.exec(sentence);
  return (
    opening !== null &&
    sentence
      .slice(opening[0].length)
      .split(/[\s,!.]+/)
      .every(isName)
  );
}

/** Names, and what stands for them; "Dear customer, it is free" goes on in small letters. */
const isName = (word: string) =>
  /^(?:\p{Lu}[\p{L}’'-]*)?$|^(?:customer|all|your|the|team|ihr|ihre|dein|euer|das|und|and)$/u.test(word);

const address =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)|moin|servus|sehr geehrte[rs]?|liebe[rs]?|(?:kind|best|warm) (?:regards|wishes)|regards|sincerely|yours (?:sincerely|faithfully|truly)|mit (?:freundlichen|besten|herzlichen) grüßen|(?:freundliche|viele|beste|liebe|schöne|herzliche) grüße)(?!\p{L})/iu;
const offer =
  /^(?:(?:if|should) you have (?:any )?(?:further |other |more )?questions?|(?:wenn|falls|sollten|haben) sie (?:noch )?(?:weitere |andere )?fragen(?: haben)?|bei (?:weiteren )?fragen),? (?:(?:please|just|simply|bitte|einfach|gern|gerne) )*(?:reply|write|answer|let us know|get in touch|contact us|antworten sie|schreiben sie|melden sie)(?: (?:to|this|us|message|e?mail|any|time|einfach|gern|gerne|bitte|uns|sich|jederzeit|auf|diese|nachricht|bei))*[.!]?$/iu;

/** "Our documentation does not say …", and nothing besides. */
export const saysNotTold = (sentence: string) => notTold.test(sentence) && !goesOn.test(sentence);

/** What we did, shall do or guarantee: never mere courtesy. */
const ours =
  /\b(?:(?:we|i)(?:'ve|’ve|'ll|’ll| have| has| will| are going to)|guarantee\w*|promised?|garantier\w*|versprech\w*|versprochen|(?:wir|ich) (?:haben|habe|werden|werde)|(?:haben|habe|werden|werde) (?:wir|ich))\b/iu;

/** Acts that a customer would rely on, whoever the sentence says did them. */
const done =
  /\b(?:refunded|credited|cancell?ed|forwarded|escalated|deleted)\b|(?:erstattet|gutgeschrieben|storniert|gekündigt|weitergeleitet|gelöscht)\b/iu;

/** "Our documentation does not say, but …": what follows is a claim again. */
const goesOn = /\b(?:but|however|though|aber|jedoch|allerdings|sondern|doch)\b|;/iu;

const notTold =
  /\b(?:our|the|this) (?:documentation|documents?|knowledge base|information|passages?)\b.{0,40}\b(?:does not|doesn['’]t|do not|don['’]t|says? nothing|has no|contains? no(?:thing)?)\b|\bin (?:unserer|der) (?:Dokumentation|Wissensdatenbank)\b.{0,60}\b(?:nicht|nichts|kein)|\b(?:unsere|die) (?:Dokumentation|Unterlagen|Informationen)\b.{0,60}\b(?:nicht|nichts|kein)|\bin (?:unseren|den) (?:Unterlagen|Dokumenten|Informationen)\b.{0,60}\b(?:nicht|nichts|kein)/iu;

const courtesy =
  /^(?:thank|thanks|many thanks|(?:we|i)(?:['’]m|['’]re| are| am) (?:very |really |so |truly )?(?:sorry|glad|happy|pleased)|sorry|(?:we|i) (?:understand|apologi[sz]e|regret|hope|know how|can imagine|can understand)|(?:our |my )?apologies|please (?:let (?:us|me) know|reply|feel free|get in touch)|(?:just )?let (?:us|me) know|you['’]?re welcome|of course|gladly|happy to|good question|yes[.,!]?$|no[.,!]?$|(?:herzlichen |vielen |besten |schönen )?dank|danke|(?:es|das) tut (?:uns|mir)|tut (?:uns|mir)|(?:wir|ich) (?:verstehe|entschuldig|bedauer|freue|hoffe|kann (?:gut )?(?:verstehen|nachvollziehen)|können (?:gut )?(?:verstehen|nachvollziehen))|entschuldig|bitte (?:entschuldig|melde|antworte|geben? (?:sie )?(?:uns )?(?:kurz )?bescheid)|(?:gerne|gern)[.,! ]|(?:wir|ich) helfen? (?:ihnen|dir) gern|gute frage|ja[.,!]?$|nein[.,!]?$|(?:das|dies) ist (?:sehr |wirklich )?ärgerlich|wie ärgerlich)/iu;
