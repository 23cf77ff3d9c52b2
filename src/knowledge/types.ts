import type { KnowledgeVerdict, Language, Passage } from '../ticket/index.ts';
import type { SemanticStatus } from './semantic/open-semantic.ts';

/** What the pipeline, the HTTP face and the command line may ask of the knowledge. */
export interface Knowledge {
  /**
   * The passages that answer `query` (a question or a whole message, at most 20,000 characters), best first.
   * `found` is false when nothing is relevant enough; then there are no passages and the relevance is 0.
   * Reads the database twice, writes nothing.
   */
  search(query: string, options: SearchOptions): Promise<KnowledgeVerdict>;
  /** The ranking of one language laid open, whatever the relevance: for measuring and for showing why. */
  explain(query: string, options: SearchOptions): Promise<ExplainedPassage[]>;
  status(): Promise<KnowledgeStatus>;
  /**
   * Begins the semantic index anew, in the background: the one there is answers until then.
   * @throws SignalboxError `invalid-state` when the settings ask for none.
   */
  reindex(actor: string): Promise<void>;
  /** Lets this process compute vectors, from now on, whenever some are missing. Returns at once. */
  buildVectors(): Promise<void>;
  /** Name of the present version: its number and the start of the hash over all documents. */
  version(): Promise<string>;
  /**
   * Makes the stored documents equal to the files below `folder`. A file that cannot be read is listed and
   * stops nothing. Two calls at once share one run.
   * @throws SignalboxError `file-unreadable` when the folder itself cannot be read; nothing is removed then.
   */
  syncFolder(folder: string): Promise<SyncReport>;
  /** That the folder of the server could not be read, for `status`, until it was. Said again, it is noted once. */
  noteUnreadFolder(problem: string): Promise<void>;
  /** @throws SignalboxError `already-done` when the name is taken, `file-unreadable` when it cannot be read. */
  addDocument(upload: DocumentUpload, actor: string): Promise<KnowledgeDocument>;
  /** The document `article:<id>`, there already or added. @returns its id. @throws SignalboxError `file-unreadable`. */
  addArticle(article: ApprovedArticle, actor: string): Promise<string>;
  /** @throws SignalboxError `not-found`, `file-unreadable`. */
  replaceDocument(id: string, upload: DocumentUpload, actor: string): Promise<KnowledgeDocument>;
  /** @throws SignalboxError `not-found`. */
  removeDocument(id: string, actor: string): Promise<void>;
  /** @throws SignalboxError `not-found`. */
  readDocument(id: string): Promise<KnowledgeDocument & { readonly text: string }>;
  /** Newest first; `cursor` is the `nextCursor` of the page before. */
  listDocuments(page: { readonly limit: number; readonly cursor?: string }): Promise<DocumentPage>;
}

export interface SearchOptions {
  readonly language: Language;
  /** The ticket's category: passages of it are preferred, others are not kept out. */
  readonly category?: string | null;
  /** True makes `category` a wall. */
  readonly filterCategory?: boolean;
  /** At most this many passages, 1 to 50. */
  readonly limit: number;
  /**
   * The customer's message before. Read only when the question is not understood by itself ("And for a year?"), and
   * then its words count less than the question's own.
   */
  readonly context?: string;
}

export interface ExplainedPassage extends Passage {
  readonly bm25: number;
  /** By name, see retrieval/relevance.ts; each in [0,1]. */
  readonly features: Readonly<Record<string, number>>;
}

export interface KnowledgeStatus {
  readonly documents: number;
  readonly chunks: number;
  readonly version: string;
  readonly lastSync: Date | null;
  /** What could not be read, with the reason: the folder itself (`DOCUMENTS_PATH`) goes before its documents. */
  readonly stale: readonly { readonly source: string; readonly problem: string }[];
  /** What is served and yet should be looked at by its owner: an order to the machine within a document. */
  readonly warnings: readonly { readonly source: string; readonly warning: string }[];
  /** Search by meaning; null when the settings ask for none. */
  readonly semantic: SemanticStatus | null;
}

export interface SyncReport {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly moved: readonly { readonly from: string; readonly to: string }[];
  readonly removed: readonly string[];
  readonly unchanged: number;
  readonly problems: readonly { readonly source: string; readonly problem: string }[];
  readonly version: string;
}

/** Markdown that somebody approved. */
export interface ApprovedArticle {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface DocumentUpload {
  readonly name: string;
  /** What the sender says; the content decides what it is. */
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export interface KnowledgeDocument {
  readonly id: string;
  /** A path below the synchronised folder, `upload:<name>` or `article:<id>`. */
  readonly source: string;
  readonly title: string;
  readonly language: Language;
  readonly category: string | null;
  readonly contentType: string;
  readonly chunks: number;
  /** Why it could not be read. */
  readonly problem: string | null;
  /** What its owner should look at although it is served. */
  readonly warning: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface DocumentPage {
  readonly items: readonly KnowledgeDocument[];
  readonly nextCursor: string | null;
}
