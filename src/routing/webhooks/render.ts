import { discordMessage, slackMessage } from './chat-messages.ts';
import type { WebhookFormat, WebhookPayload } from './events.ts';

/** The body of the request. The same payload and settings give the same bytes. */
export function renderBody(
  payload: string,
  { format, language }: { readonly format: WebhookFormat; readonly language: 'en' | 'de' },
): string {
  if (format === 'generic') return payload;
  const event = JSON.parse(payload) as WebhookPayload;
  return JSON.stringify(format === 'slack' ? slackMessage(event, language) : discordMessage(event, language));
}
