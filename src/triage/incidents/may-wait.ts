/** What a person looks at even where many report the same: it has a date, or somebody is in danger. */
const looksAtEach: ReadonlySet<string> = new Set(['declaration', 'legal-step', 'danger', 'press']);

/** Whether a ticket with these reasons for a person may wait for what an incident comes to. */
export const mayWait = (personReasons: readonly string[]): boolean =>
  !personReasons.some((reason) => looksAtEach.has(reason));
