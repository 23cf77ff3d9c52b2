import type { ColumnType, JSONColumnType } from 'kysely';
import type { Citation, GuardrailAction, Language, Passage, RuleCheck, StepName } from '../../ticket/index.ts';

type Timestamp = ColumnType<Date, Date | string, never>;
type Json<T extends object> = JSONColumnType<T>;

export type AuditTables = {
  'audit.steps': {
    ticket_id: string;
    run: number;
    step: StepName;
    verdict: Json<Record<string, unknown>>;
    versions: Json<Record<string, string>>;
    milliseconds: number;
    at: Timestamp;
  };
  'audit.decisions': {
    id: string;
    ticket_id: string;
    run: number;
    outcome: string;
    decided_by: string;
    checks: Json<RuleCheck[]>;
    versions: Json<Record<string, string>>;
    created_at: Timestamp;
  };
  'audit.interactions': {
    id: string;
    ticket_id: string;
    run: number;
    review_id: string | null;
    message: string;
    language: Language;
    category: string;
    router_confidence: number;
    abstained: boolean;
    passages: Json<Pick<Passage, 'document' | 'heading' | 'text' | 'score'>[]>;
    method: 'template' | 'ai' | 'hybrid' | null;
    tone: string | null;
    answer: string | null;
    final_answer: string;
    citations: Json<Citation[]>;
    judge_score: number;
    judge: Json<{ helpfulness: number; accuracy: number; clarity: number; relevance: number }> | null;
    judge_reasoning: string;
    guardrail_action: GuardrailAction;
    guardrail_notes: Json<string[]>;
    attempts: number;
    attempt_log: Json<{ strategy: string | null; judge_score: number | null; problem: string | null }[]>;
    model_used: string;
    versions: Json<Record<string, string>>;
    timings_ms: Json<Record<string, number>>;
    created_at: Timestamp;
  };
  'platform.ledger': {
    id: number;
    at: Timestamp;
    actor: string;
    action: string;
    subject_type: string;
    subject_id: string;
    data: Json<Record<string, unknown>>;
  };
};
