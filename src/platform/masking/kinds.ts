/** What belongs to a person. */
export const personalKinds = [
  'EMAIL',
  'PHONE',
  'IBAN',
  'CARD',
  'TAXID',
  'PENSIONID',
  'HEALTHID',
  'IDCARD',
  'SSN',
  'BIRTHDATE',
  'ADDRESS',
  'PERSON',
] as const;

/** What is masked, and the word that stands for it in a placeholder: `[EMAIL_1]`. */
export const maskKinds = [...personalKinds, 'IP', 'SECRET', 'URL', 'KNOWN', 'TEXT'] as const;
export type MaskKind = (typeof maskKinds)[number];

/** A stretch of a text, in UTF-16 units. */
export interface Span {
  readonly kind: MaskKind;
  readonly start: number;
  readonly end: number;
}
