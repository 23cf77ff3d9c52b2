/** The bounds of the ledger (A5). */
export const bounds = {
  /** Below this the router does not know what the message is about. */
  routerConfidence: 0.55,
  /** Below this an answer is poor. */
  judgeScore: 0.5,
  /** So many frustrated messages in a row, the present one included, are a matter for a person. */
  frustrations: 2,
} as const;

/** A share as the details write it. */
export const show = (value: number) => value.toFixed(2);
