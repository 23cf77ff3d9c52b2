/**
 * Cues of urgency by what they say. Each kind is one feature of the score; what it is worth was fitted. Kinds are bits of
 * one number: 32 is the most there can be.
 */
export const cueKinds = [
  'disaster', // critical by itself: production stopped, data loss, breach
  'urgent', // the customer says so
  'today', // a deadline within hours
  'soon', // a deadline within days
  'outage', // cannot be reached, stands still
  'system', // what many people work with
  'production', // production, in either sense
  'scope', // many are hit
  'blocked', // one person cannot go on
  'grave', // how bad, by their own account
  'fault', // wrong, but one can go on
  'loss', // data destroyed
  'breach', // a stranger is in, or sees what he must not
  'suspicion', // might be one
  'ongoing', // it goes on while they write
  'safety', // life and limb
  'court', // a date that law sets
  'law', // law without a date
  'money', // money taken or withheld
  'dunning', // threatened with consequences
  'again', // not the first message
  'workaround', // there is a way round
  'calm', // says that it can wait
  'resolved', // over
  'trifle', // small by its own account
  'wish', // an idea
  'question', // wants to know
  'inquiry', // asks for information, an offer, details
  'praise',
  'unsolicited', // advertising, applications, automatic replies
  'hypothetical', // what would be: takes back the rest of its sentence
  'plain', // looks like a cue and is none: "scroll down"
] as const;
export type CueKind = (typeof cueKinds)[number];
