import { z } from 'zod';
import { cleanText, filterText, id, language, listOf, page, probability, timestamp } from './common.ts';
import { defineRoute } from './define-route.ts';
import { fileData, fileName } from './files.ts';

export const knowledgeDocument = z
  .object({
    id,
    source: z.string(),
    title: z.string(),
    language,
    category: z.string().nullable(),
    content_type: z.string(),
    chunks: z.int(),
    problem: z.string().nullable().describe('why it could not be read'),
    warning: z.string().nullable().describe('what its owner should look at although it is served'),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'KnowledgeDocument' });

const documentTypes = [
  'text/markdown',
  'text/plain',
  'text/html',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/octet-stream',
] as const;

export const documentUpload = z.object({
  name: fileName,
  content_type: z
    .enum(documentTypes, { error: `content_type must be one of ${documentTypes.join(', ')}` })
    .optional()
    .describe('told by the end of the name when absent or application/octet-stream'),
  data_base64: fileData,
});

export const searchHit = z.object({
  document: z.string(),
  heading: z.string(),
  text: z.string(),
  score: probability,
  document_id: id,
  chunk_id: id,
  position: z.int(),
  page: z.int().nullable().describe('page of a PDF on which it begins'),
  language,
  category: z.string().nullable(),
});

const indexStatus = z.object({
  provider: z.enum(['builtin', 'onnx', 'openai']),
  model: z.string().nullable().describe('null until it was opened or has learned'),
  vectors: z.int().describe('chunks that have one'),
});

export const semanticStatus = z
  .object({
    provider: z.enum(['builtin', 'onnx', 'openai', 'none']).describe('what the settings ask for'),
    active: indexStatus.nullable().describe('answers'),
    building: indexStatus
      .extend({ reason: z.string().nullable() })
      .nullable()
      .describe('takes its place when complete'),
    ready: z.boolean().describe('this process has the active one in memory'),
    problem: z.string().nullable().describe('why the search goes by words alone, or why vectors do not come'),
  })
  .meta({ id: 'SemanticStatus' });

const byId = z.object({ id });

export const knowledgeRoutes = {
  listDocuments: defineRoute({
    method: 'GET',
    url: '/knowledge/documents',
    summary: 'Documents',
    scope: 'agent',
    // The cursor of this list is the id of the last document shown.
    query: page.extend({
      cursor: z.uuid({ error: 'is not a cursor of this list; leave it out to begin anew' }).optional(),
    }),
    response: { 200: listOf(knowledgeDocument) },
  }),
  addDocument: defineRoute({
    method: 'POST',
    url: '/knowledge/documents',
    summary: 'Add a document, as JSON or as multipart/form-data with one file',
    scope: 'admin',
    files: 'multipart',
    body: documentUpload,
    response: { 201: knowledgeDocument },
  }),
  readDocument: defineRoute({
    method: 'GET',
    url: '/knowledge/documents/:id',
    summary: 'One document with its text',
    scope: 'agent',
    params: byId,
    response: { 200: knowledgeDocument.extend({ text: z.string() }) },
  }),
  replaceDocument: defineRoute({
    method: 'PUT',
    url: '/knowledge/documents/:id',
    summary: 'Replace a document, as JSON or as multipart/form-data with one file',
    scope: 'admin',
    files: 'multipart',
    params: byId,
    body: documentUpload,
    response: { 200: knowledgeDocument },
  }),
  deleteDocument: defineRoute({
    method: 'DELETE',
    url: '/knowledge/documents/:id',
    summary: 'Remove a document',
    scope: 'admin',
    params: byId,
    response: { 204: z.null() },
  }),
  syncKnowledge: defineRoute({
    method: 'POST',
    url: '/knowledge/sync',
    summary: 'Look at DOCUMENTS_PATH now',
    scope: 'admin',
    response: { 202: z.object({ status: z.literal('accepted') }) },
  }),
  reindexKnowledge: defineRoute({
    method: 'POST',
    url: '/knowledge/reindex',
    summary: 'Build the semantic index anew in the background; the present one answers until then',
    scope: 'admin',
    response: { 202: z.object({ status: z.literal('accepted') }) },
  }),
  knowledgeStatus: defineRoute({
    method: 'GET',
    url: '/knowledge/status',
    summary: 'Documents, chunks, last sync, what could not be read, the semantic index',
    scope: 'agent',
    response: {
      200: z.object({
        documents: z.int(),
        chunks: z.int(),
        version: z.string(),
        last_sync: timestamp.nullable(),
        stale: z.array(z.object({ source: z.string(), problem: z.string() })).describe('what could not be read'),
        warnings: z
          .array(z.object({ source: z.string(), warning: z.string() }))
          .describe('documents that are served and hold an order to the machine, which is left out'),
        semantic: semanticStatus.nullable().describe('search by meaning; null where it is switched off'),
      }),
    },
  }),
  searchDocuments: defineRoute({
    method: 'GET',
    url: '/documents/search',
    summary: 'Search the knowledge; here `category` filters',
    scope: 'customer',
    query: z.object({
      q: cleanText('q', 1, 1_000),
      category: filterText('category', 100),
      language: z.enum(['en', 'de']).optional(),
      limit: z.coerce.number().int().min(1).max(50).default(5),
    }),
    response: { 200: z.object({ results: z.array(searchHit) }) },
  }),
} as const;
