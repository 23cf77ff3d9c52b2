/** What can be expected to fail returns this instead of throwing; `reason` is a sentence for a person. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

export function success<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function failure(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}
