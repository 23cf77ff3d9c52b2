import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Prometheus metrics, prefix `signalbox_`, base units, no ids in labels. */
export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'signalbox_' });
  const make = makersOf(registry);
  return { registry, ...ticketMetrics(make), ...modelMetrics(make), ...queueMetrics(make), ...partMetrics(make) };
}

type Make = ReturnType<typeof makersOf>;

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

function makersOf(registry: Registry) {
  const registers = [registry];
  const described = <L extends string>(name: string, help: string, labelNames: readonly L[]) => ({
    name: `signalbox_${name}`,
    help,
    labelNames,
    registers,
  });
  return {
    counter: <L extends string>(name: string, help: string, labels: readonly L[] = []) =>
      new Counter(described(name, help, labels)),
    gauge: <L extends string>(name: string, help: string, labels: readonly L[] = []) =>
      new Gauge(described(name, help, labels)),
    seconds: <L extends string>(name: string, help: string, labels: readonly L[] = []) =>
      new Histogram({ ...described(name, help, labels), buckets }),
  };
}

const ticketMetrics = ({ counter, gauge, seconds }: Make) => ({
  httpSeconds: seconds('http_request_duration_seconds', 'Time to answer a request', ['method', 'route', 'status']),
  stepSeconds: seconds('step_duration_seconds', 'Time of a step of the pipeline', ['step']),
  tickets: counter('tickets_received_total', 'Tickets stored', ['channel']),
  decisions: counter('decisions_total', 'Decisions by outcome and rule', ['outcome', 'decided_by']),
  guardrails: counter('guardrail_actions_total', 'Guardrail actions', ['action']),
  resumed: counter('tickets_resumed_total', 'Half-done tickets of a process that was gone, taken over'),
  compared: counter('tickets_compared_total', 'Tickets compared with others for duplicates, by what was found', [
    'result',
  ]),
  incidents: gauge('incidents', 'Incidents by status', ['status']),
});

const modelMetrics = ({ counter, gauge }: Make) => ({
  llmCalls: counter('llm_calls_total', 'Calls of the language model', ['purpose', 'result']),
  llmTokens: counter('llm_tokens_total', 'Tokens of the language model', ['purpose', 'direction']),
  llmCost: counter('llm_cost_total', 'Cost of the language model by LLM_PRICES', ['purpose']),
  breakerState: gauge('breaker_state', 'Circuit breaker of the triage model: 0 closed, 1 half-open, 2 open'),
  breakerTransitions: counter('breaker_transitions_total', 'States that the circuit breaker went into', ['to']),
  breakerFallbacks: counter('breaker_fallbacks_total', 'Tickets that the fast model read instead', ['reason']),
});

const queueMetrics = ({ counter, gauge, seconds }: Make) => ({
  waiting: gauge('queue_waiting_tickets', 'Tickets that wait for an agent'),
  queueDepth: gauge('queue_depth', 'Tickets that wait for an agent, by priority', ['priority']),
  queueLongestWait: gauge('queue_longest_wait_seconds', 'How long the first in the queue has waited', ['priority']),
  slaBreaches: counter('sla_breaches_total', 'Clocks that were due and not stopped', ['clock']),
  slaClocks: gauge('sla_clocks', 'Open SLA clocks by state; at_risk: will probably be late', ['state']),
  jobsWaiting: gauge('jobs_waiting', 'Background jobs that wait', ['queue']),
  jobsDone: counter('jobs_done_total', 'Attempts at background jobs: done, again (tried later), failed', [
    'queue',
    'result',
  ]),
  jobSeconds: seconds('job_seconds', 'Time of an attempt at a background job', ['queue']),
});

const partMetrics = ({ counter, gauge }: Make) => ({
  components: gauge(
    'component_fault',
    'State of a part as GET /health tells it: 0 well or not configured, 1 degraded, 2 down',
    ['component'],
  ),
  watchdogRestarts: counter('watchdog_restarts_total', 'Parts that failed or hung and were started again', ['part']),
  webhookDeliveries: counter('webhook_deliveries_total', 'Attempts to deliver to a webhook', ['result']),
  webhooksPending: gauge('webhook_deliveries_pending', 'Deliveries to webhooks that wait, or will be tried again'),
  webhooksDead: gauge('webhook_deliveries_dead', 'Deliveries to webhooks that were given up'),
});
