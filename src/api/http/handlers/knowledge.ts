import type { z } from 'zod';
import { detectLanguage } from '../../../intake/index.ts';
import type { DocumentUpload, SemanticStatus } from '../../../knowledge/index.ts';
import { readableTypeOf } from '../../../platform/index.ts';
import { type documentUpload, knowledgeRoutes } from '../../contract/index.ts';
import type { Binder } from '../bind-route.ts';
import { presentDocument } from '../present.ts';
import type { Services } from '../services.ts';

export function bindKnowledge(bind: Binder, services: Services): void {
  const { knowledge } = services;

  bind(knowledgeRoutes.listDocuments, async ({ query }) => {
    const { items, nextCursor } = await knowledge.listDocuments(
      query.cursor === undefined ? { limit: query.limit } : { limit: query.limit, cursor: query.cursor },
    );
    return { status: 200, body: { items: items.map(presentDocument), next_cursor: nextCursor } };
  });
  bind(knowledgeRoutes.addDocument, async ({ body, file, caller }) => ({
    status: 201,
    body: presentDocument(await knowledge.addDocument(file ?? uploadOf(body), caller.name)),
  }));
  bind(knowledgeRoutes.readDocument, async ({ params }) => {
    const document = await knowledge.readDocument(params.id);
    return { status: 200, body: { ...presentDocument(document), text: document.text } };
  });
  bind(knowledgeRoutes.replaceDocument, async ({ params, body, file, caller }) => ({
    status: 200,
    body: presentDocument(await knowledge.replaceDocument(params.id, file ?? uploadOf(body), caller.name)),
  }));
  bind(knowledgeRoutes.deleteDocument, async ({ params, caller }) => {
    await knowledge.removeDocument(params.id, caller.name);
    return { status: 204, body: null };
  });
  bind(knowledgeRoutes.syncKnowledge, async () => {
    await services.syncKnowledge();
    return { status: 202, body: { status: 'accepted' as const } };
  });
  bind(knowledgeRoutes.reindexKnowledge, async ({ caller }) => {
    await knowledge.reindex(caller.name);
    return { status: 202, body: { status: 'accepted' as const } };
  });
  bind(knowledgeRoutes.knowledgeStatus, async () => {
    const status = await knowledge.status();
    return {
      status: 200,
      body: {
        documents: status.documents,
        chunks: status.chunks,
        version: status.version,
        last_sync: status.lastSync?.toISOString() ?? null,
        stale: [...status.stale],
        warnings: [...status.warnings],
        semantic: status.semantic && presentSemantic(status.semantic),
      },
    };
  });
  bind(knowledgeRoutes.searchDocuments, async ({ query }) => {
    const language = query.language ?? detectLanguage(query.q).language;
    const { passages } = await knowledge.search(query.q, {
      language,
      category: query.category ?? null,
      filterCategory: query.category !== undefined,
      limit: query.limit,
    });
    return {
      status: 200,
      body: {
        results: passages.map((p) => ({
          document: p.document,
          heading: p.heading,
          text: p.text,
          score: p.score,
          document_id: p.documentId,
          chunk_id: p.chunkId,
          position: p.position,
          page: p.page ?? null,
          language: p.language,
          category: p.category,
        })),
      },
    };
  });
}

function uploadOf(body: z.output<typeof documentUpload>): DocumentUpload {
  // A name without a known ending is Markdown, as it always was.
  const contentType = body.content_type ?? readableTypeOf(body.name) ?? 'text/markdown';
  return { name: body.name, contentType, bytes: Buffer.from(body.data_base64, 'base64') };
}

const presentSemantic = ({ provider, active, building, ready, problem }: SemanticStatus) => ({
  provider,
  active,
  building,
  ready,
  problem,
});
