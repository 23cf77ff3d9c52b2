import type { Words } from './shell-words.ts';

/** What the vocabulary's own values (categories, guardrails, tones, rules …) are called in front of people. */
export const vocabularyWords = {
  category_Billing: ['Billing', 'Abrechnung'],
  category_Refund: ['Refund', 'Erstattung'],
  category_Account: ['Account', 'Konto'],
  category_Technical: ['Technical', 'Technik'],
  category_Bug: ['Bug', 'Fehler'],
  category_Legal: ['Legal', 'Recht'],
  'category_Feature Request': ['Feature request', 'Funktionswunsch'],
  'category_Product Information': ['Product information', 'Produktinformation'],
  category_General: ['General', 'Allgemeines'],

  department_Technical: ['Technical', 'Technik'],
  department_Billing: ['Billing', 'Abrechnung'],
  department_Legal: ['Legal', 'Recht'],

  queue_Technical: ['Technical', 'Technik'],
  queue_Billing: ['Billing', 'Abrechnung'],
  queue_Legal: ['Legal', 'Recht'],
  queue_triage: ['triage', 'Einordnung'],

  intent_billing: ['billing', 'Abrechnung'],
  intent_technical_issue: ['a technical issue', 'technisches Problem'],
  intent_account: ['account', 'Konto'],
  intent_general_question: ['a general question', 'allgemeine Frage'],
  intent_unknown: ['unknown', 'unbekannt'],

  language_en: ['English', 'Englisch'],
  language_de: ['German', 'Deutsch'],
  language_other: ['another language', 'andere Sprache'],

  priority_low: ['low', 'niedrig'],
  priority_medium: ['medium', 'mittel'],
  priority_high: ['high', 'hoch'],
  sentiment_negative: ['negative', 'negativ'],
  sentiment_neutral: ['neutral', 'neutral'],
  sentiment_positive: ['positive', 'positiv'],

  tone_auto: ['By the customer', 'Nach dem Kunden'],
  tone_professional: ['Professional', 'Sachlich'],
  tone_friendly: ['Friendly', 'Freundlich'],
  tone_empathetic: ['Empathetic', 'Einfühlsam'],
  tone_formal: ['Formal', 'Förmlich'],
  tone_apologetic: ['Apologetic', 'Entschuldigend'],
  tone_concise: ['Concise', 'Knapp'],

  personalised_name: ['name', 'Name'],
  personalised_style: ['way of writing', 'Schreibweise'],
  personalised_frustration: ['frustration', 'Verärgerung'],
  personalised_tier: ['tier', 'Tarif'],
  'personalised_open-ticket': ['an open ticket', 'ein offenes Ticket'],
  'personalised_earlier-answer': ['an earlier answer', 'eine frühere Antwort'],
  'personalised_given-facts': ['what the message already tells', 'was die Nachricht schon nennt'],

  method_auto: ['Automatic', 'Automatisch'],
  method_template: ['Template', 'Vorlage'],
  method_ai: ['Language model', 'Sprachmodell'],
  method_hybrid: ['Template and model', 'Vorlage und Modell'],

  'rule_model-available': ['Language model', 'Sprachmodell'],
  'rule_no-wish-for-a-person': ['Wish for a person', 'Wunsch nach einem Menschen'],
  'matter_action-requested': ['asks for an action', 'verlangt eine Handlung'],
  matter_declaration: ['cancels, withdraws or objects', 'kündigt, widerruft oder widerspricht'],
  'matter_legal-step': ['a legal step', 'rechtlicher Schritt'],
  'matter_money-dispute': ['a dispute about money', 'Streit um Geld'],
  'matter_security-incident': ['a security incident or loss', 'Sicherheitsvorfall oder Verlust'],
  'matter_outage-report': ['reports an outage', 'meldet einen Ausfall'],
  matter_danger: ['tells of danger', 'berichtet von einer Gefahr'],
  'matter_repeated-contact': ['comes back repeatedly', 'meldet sich wiederholt'],
  matter_press: ['comes from the press', 'kommt von der Presse'],

  'rule_no-reason-for-a-person': ['Reason for a person', 'Anlass für einen Menschen'],
  'rule_open-incident': ['Open incident', 'Offene Störung'],
  'rule_not-urgent': ['Urgency', 'Dringlichkeit'],
  'rule_category-trusted': ['Trust in the category', 'Verlässlichkeit der Kategorie'],
  'rule_guardrail-ok': ['Guardrails', 'Schutzregeln'],
  'rule_has-citation': ['Source of the answer', 'Quelle der Antwort'],
  'rule_model-agrees': ['Agreement of the language model', 'Übereinstimmung mit dem Sprachmodell'],
  'rule_confidence-at-threshold': ['Confidence', 'Konfidenz'],
  'rule_judge-vouches': ['Judge vouches', 'Bewertung bürgt'],

  'reason_model-available': ['Language model failed', 'Sprachmodell ausgefallen'],
  'reason_no-wish-for-a-person': ['Wants a person', 'Möchte einen Menschen'],
  'reason_no-reason-for-a-person': ['Matter for a person', 'Sache für einen Menschen'],
  'reason_open-incident': ['Open incident', 'Offene Störung'],
  'reason_not-urgent': ['Urgent', 'Dringend'],
  'reason_category-trusted': ['Category too uncertain', 'Kategorie zu unsicher'],
  'reason_guardrail-ok': ['Guardrail', 'Schutzregel'],
  'reason_has-citation': ['No source', 'Keine Quelle'],
  'reason_model-agrees': ['Language model disagrees', 'Sprachmodell widerspricht'],
  'reason_confidence-at-threshold': ['Confidence too low', 'Konfidenz zu niedrig'],
  'reason_judge-vouches': ['Judge not sure enough', 'Bewertung nicht sicher genug'],

  guardrail_OK: ['Passed', 'Bestanden'],
  guardrail_ROUTER_LOW_CONFIDENCE_ESCALATE: ['Category too uncertain', 'Kategorie zu unsicher'],
  guardrail_LLM_POOR_ANSWER_RETRY: ['Answer too weak', 'Antwort zu schwach'],
  guardrail_NO_PASSAGE_ESCALATE: ['No passage found', 'Keine Textstelle'],
  guardrail_MODEL_FAILURE_ESCALATE: ['Language model failed', 'Sprachmodell ausgefallen'],
  guardrail_PERSON_REQUESTED_ESCALATE: ['Wants a person', 'Möchte einen Menschen'],
  guardrail_UNSAFE_ANSWER_ESCALATE: ['Answer not safe', 'Antwort nicht sicher'],
  guardrail_PERSONAL_DATA_ESCALATE: ["Somebody else's data", 'Daten einer anderen Person'],
  guardrail_FRUSTRATED_CUSTOMER_ESCALATE: ['Frustrated again', 'Wiederholt verärgert'],
  guardrail_OUT_OF_SCOPE_ESCALATE: ['Not our matter', 'Nicht unser Thema'],

  'note_No passage of the knowledge answers this.': [
    'No passage of the knowledge answers this.',
    'Keine Textstelle des Wissens beantwortet das.',
  ],
  'note_No sentence of the passages answers this.': [
    'No sentence of the passages answers this.',
    'Kein Satz der Textstellen beantwortet das.',
  ],
  'note_The customer asks for a person.': ['The customer asks for a person.', 'Der Kunde bittet um einen Menschen.'],
  "note_The category was given by the client; the router's confidence was not asked.": [
    "The category was given by the client; the router's confidence was not asked.",
    'Der Absender hat die Kategorie angegeben; nach der Konfidenz wurde nicht gefragt.',
  ],
  'note_The message holds instructions to the machine; they were ignored.': [
    'The message holds instructions to the machine; they were ignored.',
    'Die Nachricht enthält Anweisungen an die Maschine; sie wurden nicht befolgt.',
  ],

  guardrailText_OK: ['Nothing speaks against the draft.', 'Gegen den Entwurf spricht nichts.'],
  guardrailText_ROUTER_LOW_CONFIDENCE_ESCALATE: [
    'The confidence in the category is below 55 %, so a person takes over.',
    'Die Konfidenz der Kategorie liegt unter 55 %, deshalb übernimmt ein Mensch.',
  ],
  guardrailText_LLM_POOR_ANSWER_RETRY: [
    'Two drafts stayed below a judge score of 0.50, so a person takes over.',
    'Auch der zweite Entwurf blieb in der Bewertung unter 0,50, deshalb übernimmt ein Mensch.',
  ],
  guardrailText_NO_PASSAGE_ESCALATE: [
    'No passage answers the message. Without a source nothing is claimed, a person takes over.',
    'Keine Textstelle beantwortet die Nachricht. Ohne Quelle wird nichts behauptet, ein Mensch übernimmt.',
  ],
  guardrailText_MODEL_FAILURE_ESCALATE: [
    'The language model gave no usable output, so a person takes over.',
    'Das Sprachmodell lieferte nichts Brauchbares, deshalb übernimmt ein Mensch.',
  ],
  guardrailText_PERSON_REQUESTED_ESCALATE: [
    'The customer asks for a person and gets one.',
    'Der Kunde bittet um einen Menschen und bekommt ihn.',
  ],
  guardrailText_UNSAFE_ANSWER_ESCALATE: [
    'The draft promises or claims what Signalbox cannot keep, so a person takes over.',
    'Der Entwurf verspricht oder behauptet, was Signalbox nicht halten kann, deshalb übernimmt ein Mensch.',
  ],
  guardrailText_PERSONAL_DATA_ESCALATE: [
    'The draft holds personal data that are neither the customer’s nor in a source, so a person takes over.',
    'Der Entwurf enthält persönliche Daten, die weder vom Kunden noch aus einer Quelle stammen, deshalb übernimmt ein Mensch.',
  ],
  guardrailText_FRUSTRATED_CUSTOMER_ESCALATE: [
    'The customer is frustrated for the second time in a row, so a person takes over.',
    'Der Kunde ist zum wiederholten Mal verärgert, deshalb übernimmt ein Mensch.',
  ],
  guardrailText_OUT_OF_SCOPE_ESCALATE: [
    'The message is about none of our categories, so a person takes over.',
    'Die Nachricht gehört in keine unserer Kategorien, deshalb übernimmt ein Mensch.',
  ],
} as const satisfies Words;
