import { type ReadAttachment, readAttachments } from '../../intake/index.ts';
import type { AttachmentInput } from '../contract/index.ts';

/** The files of a request with their texts; to be called before anything is stored. */
export function readFiles(given: readonly AttachmentInput[] = []): Promise<ReadAttachment[]> {
  return readAttachments(
    given.map((file) => ({
      name: file.name,
      contentType: file.content_type,
      bytes: Buffer.from(file.data_base64, 'base64'),
    })),
  );
}
