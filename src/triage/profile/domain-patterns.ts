import { type DomainPattern, domainPatterns, type Signals } from '../../ticket/index.ts';
import { buildPhrases, findPhrases, type Tokens } from '../lexicon.ts';
import type { PersonReason } from '../person-reasons.ts';
import type { CueFindings } from '../score-cues.ts';
import { isDenied } from '../signals.ts';
import type { CueKind } from '../urgency-kinds.ts';

/**
 * Two wishes that nothing else tells apart. `neither` takes back what it begins with ("cancel button"), `rules` all of
 * its sentence: who asks when one gets a refund wants none yet.
 */
const wishes = {
  'refund-wanted': `
    refund|refunds|refunded|refunding|reimburse|reimbursed|reimbursing|reimbursement|reimbursements|chargeback|compensation|compensations, money back, my money, pay|paid me|us back, credit me|us|back, credit note,
    erstatten|erstattet|erstattung|rückerstattung|rückerstatten|rückzahlung|zurückerstatten|zurücküberweisen|zurückzahlen|zurückbuchen|gutschrift|gutschreiben|entschädigung|schadensersatz|schadenersatz,
    geld zurück|wieder|wiederhaben, betrag zurück, mein|unser geld
  `,
  cancellation: `
    cancel|cancelling|canceling|cancellation|cancelation|cancelled|canceled|terminate|terminating|termination|unsubscribe, close my|our|the account,
    kündigen|kündige|kündigung|gekündigt|stornieren|storniere|stornierung|storno|storniert|widerrufe|widerrufen|widerruf|abbestellen|abmelden, konto löschen|schließen, löschen … konto
  `,
  neither: `
    cancel button, no refund, keine erstattung nötig, press|click|hit|clicked|pressed cancel, taste abbrechen
  `,
  rules: `
    refund|refunds|reimbursement|cancellation|cancelation|cancel|termination|return|returns|back policy|policies|fee|fees|penalty|penalties|charge|charges|costs|conditions,
    in what|which case|cases|circumstances|situation|situations, under what|which circumstances|conditions, money back guarantee,
    in welchem|welchen fall|fällen, unter welchen umständen|bedingungen|voraussetzungen, stornogebühr|stornogebühren|stornokosten|kündigungsgebühr|kündigungsfrist
  `,
} as const;
const bits = { 'refund-wanted': 1, cancellation: 2, neither: 4, rules: 8 } as const;
const phrases = buildPhrases<number>(
  (Object.keys(wishes) as (keyof typeof wishes)[]).flatMap((kind) =>
    wishes[kind].split(',').map((phrase) => [phrase.trim(), bits[kind]] as const),
  ),
  (shorter, longer) => ((longer & (bits.neither | bits.rules)) === 0 ? shorter | longer : longer),
);

/** The findings of the other readers of the same text. */
export interface Readings {
  readonly signals: Signals;
  readonly reasons: readonly PersonReason[];
  readonly cues: CueFindings;
}

/** Patterns of a text, in the order of `domainPatterns`. O(words). */
export function findDomainPatterns(tokens: Tokens, { signals, reasons, cues }: Readings): DomainPattern[] {
  const said = findWishes(tokens);
  const cue = (...kinds: CueKind[]): boolean => kinds.some((kind) => cues.count(kind) > 0);
  const reason = (kind: PersonReason): boolean => reasons.includes(kind);
  const found: Readonly<Record<DomainPattern, boolean>> = {
    'refund-wanted': (said & bits['refund-wanted']) !== 0,
    cancellation: (said & bits.cancellation) !== 0,
    'not-working': signals.notWorking,
    outage: reason('outage-report') || cue('outage'),
    'data-loss': cue('loss'),
    security: reason('security-incident') || cue('breach', 'suspicion'),
    danger: reason('danger') || cue('safety'),
    deadline: cue('today', 'soon', 'court'),
    'legal-threat': reason('legal-step'),
    'money-dispute': reason('money-dispute'),
    'repeated-contact': reason('repeated-contact') || cue('again'),
    'wants-person': signals.wantsPerson,
    wish: cue('wish'),
    question: cue('question'),
    thanks: signals.thanks,
    frustration: signals.frustration,
    resolved: cue('resolved'),
    unsolicited: cue('unsolicited'),
    press: reason('press'),
  };
  return domainPatterns.filter((pattern) => found[pattern]);
}

function findWishes(tokens: Tokens): number {
  const matches = findPhrases(phrases, tokens);
  const ofRules = new Set(
    matches.filter(({ payload }) => (payload & bits.rules) !== 0).map(({ from }) => tokens.sentences[from]),
  );
  let said = 0;
  for (const match of matches) {
    if ((match.payload & bits.neither) !== 0 || ofRules.has(tokens.sentences[match.from])) continue;
    if (!isDenied(tokens, match)) said |= match.payload;
  }
  return said;
}
