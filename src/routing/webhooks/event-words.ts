import type { EventType, WebhookPayload } from './events.ts';

/** What an event is called, and what it says, for people who read it in a chat. */
export interface EventWords {
  readonly title: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** The customer's own words, where the webhook sends them. */
  readonly subject: string | null;
  readonly body: string | null;
}

type Language = 'en' | 'de';
type Both = Readonly<Record<Language, string>>;

const titles: Readonly<Record<EventType, Both>> = {
  'ticket.created': { en: 'New ticket', de: 'Neues Ticket' },
  'ticket.routed': { en: 'Ticket routed', de: 'Ticket zugeteilt' },
  'ticket.critical': { en: 'Critical ticket', de: 'Kritisches Ticket' },
  'ticket.resolved': { en: 'Ticket resolved', de: 'Ticket gelöst' },
  'ticket.reopened': { en: 'Ticket reopened', de: 'Ticket wieder geöffnet' },
  'reply.sent': { en: 'Reply sent', de: 'Antwort gesendet' },
  'review.requested': { en: 'A person is asked', de: 'Ein Mensch wird gebraucht' },
  'incident.opened': { en: 'Incident opened', de: 'Störung eröffnet' },
  'incident.closed': { en: 'Incident closed', de: 'Störung beendet' },
  'sla.breached': { en: 'Time limit missed', de: 'Frist überschritten' },
  'webhook.test': { en: 'Signalbox can reach this place', de: 'Signalbox erreicht diesen Ort' },
};

/** In the order in which they are shown. */
const labels: readonly (readonly [name: string, words: Both])[] = [
  ['incident_id', { en: 'Incident', de: 'Störung' }],
  ['size', { en: 'Tickets', de: 'Tickets' }],
  ['ticket_id', { en: 'Ticket', de: 'Ticket' }],
  ['client_ticket_id', { en: 'Your number', de: 'Ihre Nummer' }],
  ['priority', { en: 'Priority', de: 'Priorität' }],
  ['urgency_score', { en: 'Urgency', de: 'Dringlichkeit' }],
  ['category', { en: 'Category', de: 'Kategorie' }],
  ['department', { en: 'Department', de: 'Abteilung' }],
  ['agent', { en: 'Agent', de: 'Zuständig' }],
  ['queue', { en: 'Queue', de: 'Warteschlange' }],
  ['reason', { en: 'Reason', de: 'Grund' }],
  ['clock', { en: 'Limit', de: 'Frist' }],
  ['due_at', { en: 'Was due', de: 'War fällig' }],
];
/** Slack shows ten. */
const mostFacts = 10;

const values: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  priority: { low: 'niedrig', medium: 'mittel', high: 'hoch' },
};

export function wordsOf({ type, data }: WebhookPayload, language: Language): EventWords {
  const facts = labels.flatMap(([name, words]): [string, string][] => {
    const value = data[name];
    return value === undefined || value === null || value === ''
      ? []
      : [[words[language], shownValue(name, value, language)]];
  });
  const text = (name: string) => {
    const value = data[name];
    return typeof value === 'string' && value.trim() !== '' ? value : null;
  };
  return {
    title: titles[type][language],
    facts: facts.slice(0, mostFacts),
    subject: text('subject'),
    body: text('body'),
  };
}

function shownValue(name: string, value: string | number | boolean, language: Language): string {
  if (typeof value === 'number')
    return value.toLocaleString(language, name === 'urgency_score' ? { maximumFractionDigits: 2 } : {});
  return language === 'de' ? (values[name]?.[String(value)] ?? String(value)) : String(value);
}
