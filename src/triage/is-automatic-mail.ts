/** What mail programs write into the subject of what nobody wrote. */
const subjects =
  /^\s{0,20}(?:(?:re|aw|wg|fwd?)\s{0,5}:\s{0,5}){0,5}(?:auto(?:matic)?[- ]?(?:reply|response)|autoreply|out of (?:the )?office|automatische (?:antwort|abwesenheit\p{L}*)|abwesenheits\p{L}+|(?:ich bin )?(?:nicht im haus|nicht im büro)\s{0,5}:|undeliverable|undelivered mail|mail delivery (?:failed|failure|subsystem)|delivery (?:status notification|failure)|returned mail|unzustellbar|nicht zustellbar)(?![\p{L}\p{N}])/iu;

/**
 * Whether nobody wrote it: a notice of absence, or that mail could not be delivered. Told by the subject alone, which mail
 * programs write; a person who asks about their out-of-office notice has another one. O(length of the subject).
 */
export const isAutomaticMail = (subject: string): boolean => subjects.test(subject);
