import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Prometheus metrics, prefix `signalbox_`, base units, no ids in labels. */
export interface Metrics {
  readonly registry: Registry;
  readonly httpSeconds: Histogram<'method' | 'route' | 'status'>;
  readonly stepSeconds: Histogram<'step'>;
  readonly tickets: Counter<'channel'>;
  readonly decisions: Counter<'outcome' | 'decided_by'>;
  readonly guardrails: Counter<'action'>;
  readonly llmCalls: Counter<'purpose' | 'result'>;
  readonly llmTokens: Counter<'purpose' | 'direction'>;
  readonly llmCost: Counter<'purpose'>;
  readonly waiting: Gauge;
  readonly queueDepth: Gauge<'priority'>;
  readonly queueLongestWait: Gauge<'priority'>;
  readonly slaBreaches: Counter<'clock'>;
  /** Clocks that are not stopped. */
  readonly slaClocks: Gauge<'state'>;
  readonly resumed: Counter;
  readonly jobsWaiting: Gauge<'queue'>;
  readonly jobsDone: Counter<'queue' | 'result'>;
  readonly jobSeconds: Histogram<'queue'>;
  readonly eventLoopBlocked: Histogram;
  readonly webhookDeliveries: Counter<'result'>;
  readonly webhooksPending: Gauge;
  readonly webhooksDead: Gauge;
  readonly watchdogRestarts: Counter<'part'>;
  /** Of GET /health: 0 ok or not configured, 1 degraded, 2 down. */
  readonly components: Gauge<'component'>;
  /** Of the triage model: 0 closed, 1 half-open, 2 open. */
  readonly breakerState: Gauge;
  readonly breakerTransitions: Counter<'to'>;
  readonly breakerFallbacks: Counter<'reason'>;
  /** Tickets that were compared with others. */
  readonly compared: Counter<'result'>;
  readonly incidents: Gauge<'status'>;
}

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'signalbox_' });
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Counter({ name: `signalbox_${name}`, help, labelNames, registers });
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Gauge({ name: `signalbox_${name}`, help, labelNames, registers });
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'signalbox_http_request_duration_seconds',
      help: 'Time to answer a request',
      labelNames: ['method', 'route', 'status'],
      buckets,
      registers,
    }),
    stepSeconds: new Histogram({
      name: 'signalbox_step_duration_seconds',
      help: 'Time of a step of the pipeline',
      labelNames: ['step'],
      buckets,
      registers,
    }),
    tickets: counter('tickets_received_total', 'Tickets stored', ['channel']),
    decisions: counter('decisions_total', 'Decisions by outcome and rule', ['outcome', 'decided_by']),
    guardrails: counter('guardrail_actions_total', 'Guardrail actions', ['action']),
    llmCalls: counter('llm_calls_total', 'Calls of the language model', ['purpose', 'result']),
    llmTokens: counter('llm_tokens_total', 'Tokens of the language model', ['purpose', 'direction']),
    llmCost: counter('llm_cost_total', 'Cost of the language model by LLM_PRICES', ['purpose']),
    waiting: gauge('queue_waiting_tickets', 'Tickets that wait for an agent'),
    queueDepth: gauge('queue_depth', 'Tickets that wait for an agent, by priority', ['priority']),
    queueLongestWait: gauge('queue_longest_wait_seconds', 'How long the first in the queue has waited', ['priority']),
    slaBreaches: counter('sla_breaches_total', 'Clocks that were due and not stopped', ['clock']),
    slaClocks: gauge('sla_clocks', 'Open SLA clocks by state; at_risk: will probably be late', ['state']),
    resumed: counter('tickets_resumed_total', 'Half-done tickets of a process that was gone, taken over'),
    compared: counter('tickets_compared_total', 'Tickets compared with others for duplicates, by what was found', [
      'result',
    ]),
    incidents: gauge('incidents', 'Incidents by status', ['status']),
    breakerState: gauge('breaker_state', 'Circuit breaker of the triage model: 0 closed, 1 half-open, 2 open'),
    breakerTransitions: counter('breaker_transitions_total', 'States that the circuit breaker went into', ['to']),
    breakerFallbacks: counter('breaker_fallbacks_total', 'Tickets that the fast model read instead', ['reason']),
    jobsWaiting: gauge('jobs_waiting', 'Background jobs that wait', ['queue']),
    jobsDone: counter('jobs_done_total', 'Attempts at background jobs: done, again (tried later), failed', [
      'queue',
      'result',
    ]),
    jobSeconds: new Histogram({
      name: 'signalbox_job_seconds',
      help: 'Time of an attempt at a background job',
      labelNames: ['queue'],
      buckets,
      registers,
    }),
    components: new Gauge({
      name: 'signalbox_component_fault',
      help: 'State of a part as GET /health tells it: 0 well or not configured, 1 degraded, 2 down',
      labelNames: ['component'],
      registers,
    }),
    watchdogRestarts: counter('watchdog_restarts_total', 'Parts that failed or hung and were started again', ['part']),
    webhookDeliveries: counter('webhook_deliveries_total', 'Attempts to deliver to a webhook', ['result']),
    webhooksPending: new Gauge({
      name: 'signalbox_webhook_deliveries_pending',
      help: 'Deliveries to webhooks that wait, or will be tried again',
      registers,
    }),
    webhooksDead: new Gauge({
      name: 'signalbox_webhook_deliveries_dead',
      help: 'Deliveries to webhooks that were given up',
      registers,
    }),
    eventLoopBlocked: new Histogram({
      name: 'signalbox_event_loop_delay_seconds',
      help: 'Delay of the event loop',
      buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.5],
      registers,
    }),
  };
}
