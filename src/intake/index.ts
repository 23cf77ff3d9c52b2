export {
  type BadRow,
  type FileRow,
  type GoodRow,
  openTicketFile,
  type TicketFile,
  type TicketFileOptions,
} from './files/read-ticket-file.ts';
export { detectLanguage } from './language.ts';
export { intakeVerdict, type ReceivedTicket, receiveTicket, type TicketRequest } from './receive-ticket.ts';
export * from './stores/messages.ts';
export * from './stores/move-ticket.ts';
export * from './stores/read-tickets.ts';
export { type StoredTicket, storeTickets, type TicketToStore } from './stores/store-tickets.ts';
export { subjectOf } from './subject-of-message.ts';
