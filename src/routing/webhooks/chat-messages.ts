import { wordsOf } from './event-words.ts';
import type { WebhookPayload } from './events.ts';

/**
 * What the chat services take. A message that is too long is refused as a whole, so each part is cut to what is allowed
 * there. The words in it may come from anybody: none of them may ring everybody up, draw a link or change the look.
 */

type Language = 'en' | 'de';

/** Characters (UTF-16 units), as Slack documents them for Block Kit. */
const slackLimits = { text: 3_000, header: 150, field: 2_000 } as const;
/** As Discord documents them for webhooks and embeds; an embed has 6,000 in all. */
const discordLimits = { content: 2_000, title: 256, description: 3_000, name: 256, value: 256 } as const;

/** At most `limit` units, never half a character, with a sign that something is missing. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** The three signs by which Slack knows links and calls such as <!channel>. */
const escapeSlack = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Cut before it is escaped, so that no escape is cut apart; every sign may take five, which a field has room for. */
const slackValue = (text: string) => escapeSlack(cut(text, 350));

export function slackMessage(event: WebhookPayload, language: Language) {
  const { title, facts, subject, body } = wordsOf(event, language);
  const line = [title, ...facts.slice(0, 4).map(([label, value]) => `${label}: ${value}`)].join(' · ');
  const plain = (text: string, limit: number) => ({
    type: 'plain_text' as const,
    text: cut(text, limit),
    emoji: false,
  });
  return {
    text: escapeSlack(cut(line, slackLimits.text / 5)),
    blocks: [
      { type: 'header', text: plain(title, slackLimits.header) },
      ...(facts.length === 0
        ? []
        : [
            {
              type: 'section',
              fields: facts.map(([label, value]) => ({
                type: 'mrkdwn',
                text: `*${label}*\n${slackValue(value)}`,
                verbatim: true,
              })),
            },
          ]),
      ...(subject === null ? [] : [{ type: 'section', text: plain(subject, slackLimits.text) }]),
      ...(body === null ? [] : [{ type: 'section', text: plain(body, slackLimits.text) }]),
    ],
  };
}

/** Signs that Discord reads as form, links or calls; an empty sign after the others breaks what they begin. */
const escapeDiscord = (text: string) =>
  text
    .replace(/[\\*_~`|>#[\]()<]/g, '\\$&')
    .replaceAll('@', '@\u200b')
    .replaceAll('://', ':\u200b//');

/** Twice as long at most when escaped. */
const discordText = (text: string, limit: number) => cut(escapeDiscord(cut(text, limit)), limit);

export function discordMessage(event: WebhookPayload, language: Language) {
  const { title, facts, subject, body } = wordsOf(event, language);
  const line = [title, ...facts.slice(0, 4).map(([label, value]) => `${label}: ${value}`)].join(' · ');
  return {
    content: discordText(line, discordLimits.content),
    // Nobody is called, whatever the text says.
    allowed_mentions: { parse: [] },
    embeds: [
      {
        title: discordText(subject ?? title, discordLimits.title),
        ...(body === null ? {} : { description: discordText(body, discordLimits.description) }),
        timestamp: event.timestamp,
        fields: facts.map(([label, value]) => ({
          name: cut(label, discordLimits.name),
          value: discordText(value, discordLimits.value),
          inline: true,
        })),
      },
    ],
  };
}
