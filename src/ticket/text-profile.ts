/**
 * What is found in the text of a message (T11). `reference-number` is a contract, a parcel, a device, or a number of
 * unknown role.
 */
export const entityKinds = [
  'email',
  'url',
  'host-name',
  'ip-address',
  'phone',
  'iban',
  'card',
  'amount',
  'date',
  'time',
  'order-number',
  'invoice-number',
  'ticket-number',
  'customer-number',
  'reference-number',
  'error-code',
  'version',
  'product',
  'file-name',
] as const;
export type EntityKind = (typeof entityKinds)[number];

/** What messages to a support desk are known for. Most of it is found already for urgency, signals and the reasons for a person. */
export const domainPatterns = [
  'refund-wanted',
  'cancellation',
  'not-working',
  'outage',
  'data-loss',
  'security',
  'danger',
  'deadline',
  'legal-threat',
  'money-dispute',
  'repeated-contact',
  'wants-person',
  'wish',
  'question',
  'thanks',
  'frustration',
  'resolved',
  'unsolicited',
  'press',
] as const;
export type DomainPattern = (typeof domainPatterns)[number];

/**
 * Function words by class and language. They are a plain stand-in for parts of speech: closed classes can be listed,
 * nouns and verbs cannot, and no tagger is at work here.
 */
export const wordClasses = [
  'articles',
  'pronouns',
  'prepositions',
  'conjunctions',
  'auxiliaries',
  'modals',
  'question-words',
  'negations',
] as const;
export type WordClass = (typeof wordClasses)[number];
