import { z } from 'zod';
import { cleanText, id, timestamp } from './common.ts';
import { defineRoute } from './define-route.ts';

const mostBytes = 25 * 1024 * 1024;

/** A file within JSON. Base64 of 25 MB takes 130 ms to parse: large documents go by multipart. */
export const fileData = z
  .base64({ error: 'data_base64 must be base64' })
  .min(1, { error: 'data_base64 is empty' })
  .max(Math.ceil(mostBytes / 3) * 4, { error: 'the file is larger than 25 MB' });

export const fileName = cleanText('name', 1, 200);

const contentType = z
  .string()
  .trim()
  .max(200, { error: 'content_type is longer than 200 characters' })
  .regex(/^[\w.+-]+\/[\w.+-]+(?:\s*;.*)?$/, { error: 'content_type must be a media type such as application/pdf' });

/** What a customer sends along; at most ten of them, 25 MB each, and 40 MB in the whole request. */
export const attachmentInput = z.object({
  name: fileName,
  content_type: contentType.default('application/octet-stream'),
  data_base64: fileData,
});
export type AttachmentInput = z.output<typeof attachmentInput>;

export const attachments = z.array(attachmentInput).max(10, { error: 'at most 10 attachments' }).optional();

export const attachment = z
  .object({
    id,
    message_id: id.nullable().describe('the message that it came with; null: the ticket itself'),
    name: z.string(),
    content_type: z.string().describe('as the sender named it'),
    size: z.int().describe('bytes'),
    sha256: z.string(),
    problem: z.string().nullable().describe('why no text could be read from it'),
    text_length: z.int().nullable().describe('characters of the text'),
    created_at: timestamp,
  })
  .meta({ id: 'Attachment' });
export type AttachmentBody = z.output<typeof attachment>;

const byIds = z.object({ id, attachmentId: id });

export const fileRoutes = {
  readAttachment: defineRoute({
    method: 'GET',
    url: '/tickets/:id/attachments/:attachmentId',
    summary: 'One attachment with the text that was read from it',
    scope: 'agent',
    params: byIds,
    response: { 200: attachment.extend({ text: z.string().nullable() }) },
  }),
  readAttachmentContent: defineRoute({
    method: 'GET',
    url: '/tickets/:id/attachments/:attachmentId/content',
    summary: 'The file as it came, to be saved; never shown as a page',
    scope: 'agent',
    params: byIds,
    produces: 'application/octet-stream',
    response: { 200: z.string() },
  }),
} as const;
