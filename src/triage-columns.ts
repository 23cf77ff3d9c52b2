import { raisePriority } from './policy/index.ts';
import type { RequestedPriority, TriageVerdict } from './ticket/index.ts';

/** The columns of a ticket that triage fills. What the client asked for may raise the priority. */
export function triageColumns(verdict: TriageVerdict, requested: RequestedPriority | null) {
  return {
    category: verdict.category,
    department: verdict.department,
    intent: verdict.intent,
    abstained: verdict.abstained,
    confidence: verdict.confidence,
    alternatives: JSON.stringify(verdict.alternatives),
    urgency_score: verdict.urgencyScore,
    priority: raisePriority(verdict.priority, requested),
    sentiment: verdict.sentiment,
    model_used: verdict.modelUsed,
    model_version: verdict.modelVersion,
  };
}
