import type { Words } from './shell-words.ts';

/** What each guardrail looks at, and why a part of a message is not read by the machine. */
export const guardrailWords = {
  'check_router-confidence': ['Confidence in the category', 'Konfidenz der Kategorie'],
  'check_wants-person': ['Wish for a person', 'Wunsch nach einem Menschen'],
  'check_repeated-frustration': ['Repeated frustration', 'Wiederholte Verärgerung'],
  'check_out-of-scope': ['A matter of this desk', 'Zuständigkeit'],
  'check_citation-support': ['Support by the sources', 'Beleg durch die Quellen'],
  'check_claimed-action': ['Claimed actions', 'Behauptete Handlungen'],
  'check_false-promise': ['Promises', 'Versprechen'],
  'check_draft-language': ['Language of the draft', 'Sprache des Entwurfs'],
  'check_foreign-link': ['Links', 'Verweise'],
  'check_judge-available': ['Judge at hand', 'Bewertung vorhanden'],
  'check_judge-score': ['Score of the judge', 'Note der Bewertung'],
  'check_obeyed-instruction': ['Hidden orders', 'Versteckte Anweisungen'],
  'check_deferred-ask': ['Asks left over', 'Offene Anliegen'],
  'check_personal-data': ['Personal data', 'Personenbezogene Daten'],
  'check_secret-leak': ['Secrets of the machine', 'Geheimnisse der Maschine'],

  'setAside_quoted-mail': ['Earlier mail', 'Frühere E-Mail'],
  'setAside_hidden-html': ['Hidden on the page', 'Auf der Seite verborgen'],
  'setAside_html-comment': ['Comment in HTML', 'HTML-Kommentar'],
  'setAside_hidden-text': ['Invisible characters', 'Unsichtbare Zeichen'],
  setAside_instruction: ['Order to the machine', 'Anweisung an die Maschine'],
  'setAside_role-marker': ['Poses as another speaker', 'Gibt sich als anderer Sprecher aus'],
  setAside_encoded: ['Encoded text', 'Kodierter Text'],
  setAside_unrelated: ['Has nothing to do with the message', 'Gehört nicht zur Nachricht'],

  'rule_answered-before': ['Earlier answers', 'Frühere Antworten'],
  'rule_newer-message': ['A newer message', 'Neuere Nachricht'],
  'rule_person-took-over': ['A person took over', 'Ein Mensch hat übernommen'],
  'rule_run-failed': ['A step failed', 'Ein Schritt ist gescheitert'],
  'reason_answered-before': ['Answered before, came back', 'Schon beantwortet, kam wieder'],
  'reason_newer-message': ['Customer wrote again', 'Kunde schrieb erneut'],
  'reason_person-took-over': ['A person took over', 'Ein Mensch hat übernommen'],
  'reason_run-failed': ['A step failed', 'Ein Schritt ist gescheitert'],
  'detail_answered-before_passed': [
    'this question had no automatic answer before',
    'diese Frage wurde noch nicht automatisch beantwortet',
  ],
  'detail_answered-before_failed': [
    'answered automatically before, and it came back',
    'schon automatisch beantwortet und wiedergekommen',
  ],

  'note_No language model is configured; ai falls back to template.': [
    'No language model is configured; the template was taken.',
    'Kein Sprachmodell ist eingerichtet; genommen wurde die Vorlage.',
  ],
  'note_No language model is configured; hybrid falls back to template.': [
    'No language model is configured; the template was taken.',
    'Kein Sprachmodell ist eingerichtet; genommen wurde die Vorlage.',
  ],
  'note_The language-model budget of this hour is used up; the answer was made from templates.': [
    'The language-model budget of this hour is used up; the answer was made from templates.',
    'Das Budget des Sprachmodells für diese Stunde ist aufgebraucht; die Antwort stammt aus Vorlagen.',
  ],
  'note_The message holds nothing but orders to the machine.': [
    'The message holds nothing but orders to the machine.',
    'Die Nachricht enthält nichts als Anweisungen an die Maschine.',
  ],
  'note_The message is like none of the tickets that the router knows.': [
    'The message is like none of the known tickets.',
    'Die Nachricht gleicht keinem der bekannten Tickets.',
  ],
} as const satisfies Words;
