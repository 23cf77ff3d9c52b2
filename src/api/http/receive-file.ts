import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { limits, SignalboxError } from '../../ticket/index.ts';
import { fileName } from '../contract/index.ts';

/** A file that came as a part of multipart/form-data. */
export interface ReceivedFile {
  readonly name: string;
  /** As its sender named it. */
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for multipart requests; such a request has no other body. */
    receivedFile: ReceivedFile | null;
  }
}

export async function acceptFiles(server: FastifyInstance): Promise<void> {
  server.decorateRequest('receivedFile', null);
  await server.register(multipart, {
    limits: { fileSize: limits.file, files: 1, fields: 5, parts: 6, fieldSize: 1_000, headerPairs: 50 },
  });
}

/**
 * Reads the one file of a multipart request. A field `name` or `content_type` before it overrules what the part says.
 * @throws `invalid-fields`, `too-large`, `unsupported-media-type`
 */
export async function receiveFile(request: FastifyRequest): Promise<ReceivedFile> {
  try {
    const part = await request.file();
    if (!part) throw invalid('file', 'the form holds no file');
    const bytes = await part.toBuffer();
    const name = fileName.safeParse(fieldOf(part.fields['name']) ?? part.filename);
    if (!name.success) throw invalid('name', name.error.issues[0]?.message ?? 'is not valid');
    return { name: name.data, contentType: fieldOf(part.fields['content_type']) ?? part.mimetype, bytes };
  } catch (error) {
    throw translate(error);
  }
}

const fieldOf = (field: unknown): string | undefined => {
  const value = (field as { value?: unknown } | undefined)?.value;
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const invalid = (path: string, message: string) =>
  new SignalboxError('invalid-fields', `${path}: ${message}.`, { fields: [{ path, message }] });

function translate(error: unknown): unknown {
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  if (code === 'FST_REQ_FILE_TOO_LARGE')
    return new SignalboxError('too-large', 'The file is larger than 25 MB. Split it.', { cause: error });
  if (error instanceof SignalboxError || (statusCode !== undefined && statusCode !== 400 && statusCode < 500)) {
    return code === 'FST_FILES_LIMIT' ? invalid('file', 'send one file a request') : error;
  }
  return new SignalboxError('invalid-fields', 'The form cannot be read. Send multipart/form-data with one file.', {
    cause: error,
  });
}
