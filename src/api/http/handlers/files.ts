import { Readable } from 'node:stream';
import type { Attachment } from '../../../intake/index.ts';
import { type AttachmentBody, fileRoutes } from '../../contract/index.ts';
import type { Binder } from '../bind-route.ts';
import type { Services } from '../services.ts';

export function bindFiles(bind: Binder, services: Services): void {
  bind(fileRoutes.readAttachment, async ({ params }) => {
    const attachment = await services.readAttachment({ ticketId: params.id, id: params.attachmentId });
    return { status: 200, body: { ...presentAttachment(attachment), text: attachment.text } };
  });

  bind(fileRoutes.readAttachmentContent, async ({ params, reply }) => {
    const { name, bytes } = await services.readAttachmentContent({ ticketId: params.id, id: params.attachmentId });
    // Whatever it calls itself, a browser saves it and runs nothing of it; nosniff is set for every answer.
    reply.header('content-disposition', dispositionOf(name));
    reply.header('content-security-policy', "default-src 'none'; sandbox");
    reply.header('content-length', bytes.length);
    return { status: 200, body: Readable.from([bytes]) };
  });
}

export function presentAttachment(a: Attachment): AttachmentBody {
  return {
    id: a.id,
    message_id: a.messageId,
    name: a.name,
    content_type: a.contentType,
    size: a.size,
    sha256: a.sha256,
    problem: a.problem,
    text_length: a.textLength,
    created_at: a.createdAt.toISOString(),
  };
}

/** RFC 6266: a name in ASCII for old readers, and the whole one. No sign of a header or a path is let through. */
function dispositionOf(name: string): string {
  const last = name.split(/[/\\]/).at(-1) || 'attachment';
  const plain = last.replace(/[^\w. -]/g, '_');
  const whole = encodeURIComponent(last.toWellFormed()).replace(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
