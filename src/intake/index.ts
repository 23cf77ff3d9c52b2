export { type GivenFile, type ReadAttachment, readAttachments } from './attachments/read-attachments.ts';
export * from './customers/customer-context.ts';
export { type CustomerClaim, identifyCustomer } from './customers/identify-customer.ts';
export {
  type BadRow,
  type FileRow,
  type GoodRow,
  openTicketFile,
  type TicketFile,
  type TicketFileOptions,
} from './files/read-ticket-file.ts';
export { detectLanguage } from './language.ts';
export { readForMachine } from './read-for-machine.ts';
export { intakeVerdict, type ReceivedTicket, receiveTicket, type TicketRequest } from './receive-ticket.ts';
export { readSessionToken, type SessionClaims, signSessionToken } from './sessions/session-token.ts';
export { type Asked, readAsked } from './stores/asked.ts';
export {
  type Attachment,
  type AttachmentText,
  attachmentTexts,
  listAttachments,
  readAttachment,
  readAttachmentContent,
  storeAttachments,
} from './stores/attachments.ts';
export * from './stores/conversation.ts';
export * from './stores/customers.ts';
export { holdTickets } from './stores/hold-tickets.ts';
export * from './stores/messages.ts';
export * from './stores/move-ticket.ts';
export * from './stores/read-tickets.ts';
export { resolveTickets } from './stores/resolve-tickets.ts';
export * from './stores/sessions.ts';
export { type StoredTicket, storeTickets, type TicketToStore } from './stores/store-tickets.ts';
export { type NewAnnouncement, tellCustomers } from './stores/tell-customers.ts';
export { subjectOf, subjectOfBurst } from './subject-of-message.ts';
export { findOrders, removeOrders } from './untrusted/find-orders.ts';
export { type OrderDetectorFiles, prepareOrderDetector } from './untrusted/order-detector.ts';
export { quotableText, type ReadDocument, readDocumentText } from './untrusted/read-document.ts';
export { type ReadText, readUntrusted, type UntrustedText } from './untrusted/read-untrusted.ts';
export type { SetAside, SetAsideKind } from './untrusted/set-aside.ts';
