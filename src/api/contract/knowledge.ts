import { z } from 'zod';
import { cleanText, filterText, id, language, listOf, page, probability, timestamp } from './common.ts';
import { defineRoute } from './define-route.ts';

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
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'KnowledgeDocument' });

export const documentUpload = z.object({
  name: cleanText('name', 1, 200),
  content_type: z
    .enum(['text/markdown', 'text/plain'], { error: 'content_type must be text/markdown or text/plain' })
    .default('text/markdown'),
  data_base64: z.base64({ error: 'data_base64 must be base64' }).min(1, { error: 'data_base64 is empty' }),
});

export const searchHit = z.object({
  document: z.string(),
  heading: z.string(),
  text: z.string(),
  score: probability,
  document_id: id,
  chunk_id: id,
  position: z.int(),
  language,
  category: z.string().nullable(),
});

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
    summary: 'Add a document',
    scope: 'admin',
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
    summary: 'Replace a document',
    scope: 'admin',
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
  knowledgeStatus: defineRoute({
    method: 'GET',
    url: '/knowledge/status',
    summary: 'Documents, chunks, last sync, what could not be read',
    scope: 'agent',
    response: {
      200: z.object({
        documents: z.int(),
        chunks: z.int(),
        version: z.string(),
        last_sync: timestamp.nullable(),
        stale: z.array(z.object({ source: z.string(), problem: z.string() })),
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
