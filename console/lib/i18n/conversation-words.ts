import type { Words } from './shell-words.ts';

/** The conversation, tried as a customer has it. */
export const conversationWords = {
  tryWays: ['Ways of trying', 'Arten des Ausprobierens'],
  tabMessage: ['One message', 'Eine Nachricht'],
  tabConversation: ['Conversation', 'Gespräch'],
  conversationTitle: ['Conversation', 'Gespräch'],
  conversationIntro: [
    'Write as a customer would in a chat. Several messages in a row are answered together.',
    'Schreiben Sie wie ein Kunde im Chat. Mehrere Nachrichten hintereinander werden zusammen beantwortet.',
  ],
  newConversation: ['New conversation', 'Neues Gespräch'],
  newConversationShort: ['New', 'Neu'],
  yourMessage: ['Your message', 'Ihre Nachricht'],
  say: ['Send', 'Senden'],
  machineWrites: ['The machine is writing …', 'Die Maschine schreibt …'],
  personHasIt: [
    'A person has this conversation; the machine is silent.',
    'Ein Mensch hat dieses Gespräch; die Maschine schweigt.',
  ],
  said_customer: ['Customer', 'Kunde'],
  said_agent: ['Team', 'Team'],
  howItCame: ['How this answer came about', 'Wie diese Antwort entstanden ist'],
  chatLost: [
    'The connection is lost; it is tried again. What you type stays.',
    'Die Verbindung ist unterbrochen und wird neu versucht. Ihr Text bleibt stehen.',
  ],
} as const satisfies Words;
