import { setTimeout as wait } from 'node:timers/promises';
import { openTicketFile } from '../intake/index.ts';
import { type Config, newId } from '../platform/index.ts';
import { kafkaSettingsOf, kafkaTopicsOf } from '../stream-kafka.ts';
import { tellBadRow } from './bad-rows.ts';
import { readConfiguration } from './configuration.ts';
import { showFileProgress } from './file-progress.ts';
import { sheetOf } from './options.ts';
import {
  type OnAnswer,
  openHttpSender,
  openKafkaSender,
  openSocketSender,
  type Sender,
  type StreamRow,
} from './stream-senders.ts';
import { type Terminal, UsageError } from './terminal.ts';

export interface ReplayOptions {
  readonly rate: number;
  readonly to: 'ws' | 'http' | 'kafka';
  readonly url?: string;
  readonly limit?: number;
  readonly text?: readonly string[];
  readonly sheet?: string;
  readonly json?: boolean;
}

/** Rows that may be sent and not answered; the clock of the rate stands still meanwhile. */
const mostOpen = 5_000;
/** Milliseconds that the last answers are waited for. */
const patience = 30_000;
const shownProblems = 10;

/** `signalbox stream replay FILE`: a file at a steady rate, for demonstrations. @returns the exit code */
export async function replay(source: string, options: ReplayOptions, terminal: Terminal): Promise<number> {
  const { config } = readConfiguration();
  if (options.to === 'kafka' && config.KAFKA_BROKERS === undefined)
    throw new UsageError('--to kafka needs KAFKA_BROKERS=host:port in the environment or in .env.');
  const file = await openTicketFile(source, { text: options.text ?? [], ...sheetOf(options) });
  const tally = createTally(terminal);
  const sender = await openSender(options, config, tally.answered);
  const progress = showFileProgress(file, terminal);
  const started = performance.now();
  try {
    await Promise.race([sendRows(), sender.lost]);
    await Promise.race([tally.untilAnswered(terminal.signal), sender.lost]);
  } finally {
    progress.end();
    await sender.close();
  }
  const summary = tally.summary((performance.now() - started) / 1000);
  await terminal.write(`${options.json === true ? JSON.stringify(summary) : wordsOf(summary, options.to)}\n`);
  return summary.errors + summary.bad_rows + summary.unanswered === 0 ? 0 : 1;

  async function sendRows(): Promise<void> {
    const run = newId().slice(-8);
    let due: StreamRow[] = [];
    const flush = async () => {
      const rows = due;
      due = [];
      tally.sent(rows);
      await sender.send(rows);
      progress.update(tally.sentSoFar());
      await tally.untilOpen(mostOpen, terminal.signal);
    };
    for await (const row of file.rows()) {
      if (terminal.signal.aborted) break;
      if (row.kind === 'bad') {
        tellBadRow(terminal, { ...row, before: tally.bad() });
        continue;
      }
      const { request } = row;
      const id = request.clientTicketId ?? `replay-${run}-${row.row}`;
      due.push({
        ticket_id: id,
        customer_message: request.body,
        subject: request.subject,
        customer_email: request.customerEmail,
        customer_name: request.customerName,
      });
      const all = tally.sentSoFar() + due.length;
      // Some ten times a second a handful: a timer for each row would not keep a rate of 500.
      if (due.length >= Math.max(1, options.rate / 10) || all >= (options.limit ?? Number.POSITIVE_INFINITY)) {
        await pace(all, options.rate, { started, signal: terminal.signal });
        await flush();
      }
      if (all >= (options.limit ?? Number.POSITIVE_INFINITY)) break;
    }
    await flush();
  }
}

/** Waits until so many may have been sent. */
async function pace(
  rows: number,
  rate: number,
  { started, signal }: { started: number; signal: AbortSignal },
): Promise<void> {
  const left = started + (rows / rate) * 1000 - performance.now();
  if (left > 0) await wait(left, undefined, { signal }).catch(() => undefined);
}

async function openSender(options: ReplayOptions, config: Config, onAnswer: OnAnswer): Promise<Sender> {
  const url = options.url ?? `http://127.0.0.1:${config.PORT}`;
  const key = config.SIGNALBOX_ADMIN_KEY;
  if (options.to === 'kafka') return openKafkaSender(kafkaSettingsOf(config), kafkaTopicsOf(config).input, onAnswer);
  return options.to === 'http' ? openHttpSender(url, key, onAnswer) : openSocketSender(url, key, onAnswer);
}

interface Summary {
  readonly sent: number;
  readonly classified: number;
  readonly errors: number;
  readonly bad_rows: number;
  readonly unanswered: number;
  readonly seconds: number;
  readonly per_second: number;
  readonly p50_ms: number | null;
  readonly p99_ms: number | null;
}

function createTally(terminal: Terminal) {
  /** A client's id may stand twice in a file. */
  const open = new Map<string, number[]>();
  const latencies: number[] = [];
  let [sent, open_, errors, bad] = [0, 0, 0, 0];
  let wake: () => void = () => undefined;
  const until = async (ready: () => boolean, signal: AbortSignal, ms: number) => {
    const end = performance.now() + ms;
    while (!ready() && !signal.aborted && performance.now() < end)
      await Promise.race([new Promise<void>((resolve) => (wake = resolve)), wait(200)]);
  };
  return {
    sent(rows: readonly StreamRow[]) {
      const now = performance.now();
      for (const { ticket_id } of rows) open.set(ticket_id, [...(open.get(ticket_id) ?? []), now]);
      sent += rows.length;
      open_ += rows.length;
    },
    sentSoFar: () => sent,
    /** @returns how many there were before */
    bad: () => bad++,
    answered(ticketId: string, problem: string | null) {
      const [since, ...others] = open.get(ticketId) ?? [];
      if (others.length === 0) open.delete(ticketId);
      else open.set(ticketId, others);
      if (since !== undefined) {
        open_--;
        latencies.push(performance.now() - since);
      }
      if (problem !== null && ++errors <= shownProblems) terminal.say(`${ticketId || 'a row'}: ${problem}`);
      wake();
    },
    untilOpen: (most: number, signal: AbortSignal) => until(() => open_ <= most, signal, Number.POSITIVE_INFINITY),
    untilAnswered: (signal: AbortSignal) => until(() => open_ === 0, signal, patience),
    summary(seconds: number): Summary {
      const sorted = latencies.length === 0 ? [] : Float64Array.from(latencies).sort();
      const at = (share: number) =>
        sorted.length === 0
          ? null
          : Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]! * 10) / 10;
      const classified = sent - open_ - errors;
      return {
        sent,
        classified,
        errors,
        bad_rows: bad,
        unanswered: open_,
        seconds: Math.round(seconds * 10) / 10,
        per_second: Math.round(classified / seconds),
        p50_ms: at(0.5),
        p99_ms: at(0.99),
      };
    },
  };
}

function wordsOf(summary: Summary, to: ReplayOptions['to']): string {
  const { sent, classified, errors, bad_rows: bad, unanswered, seconds, per_second: rate, p50_ms, p99_ms } = summary;
  const answered = to === 'kafka' ? 'taken by Kafka' : 'classified';
  const troubles = [
    ...(errors > 0 ? [`${errors} refused`] : []),
    ...(bad > 0 ? [`${bad} bad rows`] : []),
    ...(unanswered > 0 ? [`${unanswered} without an answer`] : []),
  ];
  return [
    `${sent} sent, ${classified} ${answered} in ${seconds} s (${rate}/s)`,
    ...(p50_ms === null ? [] : [`p50 ${p50_ms} ms, p99 ${p99_ms} ms`]),
    ...troubles,
  ].join(' · ');
}
