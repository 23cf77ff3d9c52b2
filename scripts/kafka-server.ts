import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type BrokerProcess, freePorts, startBroker } from './kafka/broker-process.ts';

/**
 * A real Kafka broker for tests: one node in KRaft mode, on the loopback address, in a folder of its own. The program
 * is fetched once from Maven Central into the user's cache (46 MB); java and mvn are needed, nothing else.
 *
 *   node scripts/kafka-server.ts            starts one and keeps it until Ctrl-C
 *   node scripts/kafka-server.ts --fetch    only fetches what a later start needs
 */
export interface KafkaServer {
  /** Without credentials. */
  readonly brokers: string;
  /** SASL (PLAIN, SCRAM-SHA-256) without TLS. */
  readonly saslBrokers: string;
  /** SASL over TLS; its certificate is `ca`. */
  readonly secureBrokers: string;
  /** A PEM file. */
  readonly ca: string;
  readonly user: { readonly name: string; readonly password: string };
  /** Begins, or begins again on the same data and ports. */
  start(): Promise<void>;
  /** SIGTERM: it hands over and flushes. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** What is visible in a topic, from its beginning, as Kafka's own consumer of committed messages reads it. */
  readTopic(topic: string): Promise<TopicMessage[]>;
  /** Stops it and deletes its folder. */
  remove(): Promise<void>;
}

export interface TopicMessage {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

const pom = resolve(import.meta.dirname, 'kafka/pom.xml');
const user = { name: 'signalbox', password: 'only-for-tests' } as const;
/** Small and quick to start: nothing here is measured against a large broker. */
const javaOptions = [
  '-Xms64m',
  '-Xmx320m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
];

/** Fetches the program where it is not there yet. @returns its jars, or the words that say why there is none */
export function fetchKafka(): { readonly jars: string } | { readonly missing: string } {
  for (const command of ['java', 'mvn', 'openssl']) {
    if (spawnSync('sh', ['-c', `command -v ${command}`]).status !== 0)
      return { missing: `${command} is not installed` };
  }
  const release = /<kafka.version>(.+?)</.exec(readFileSync(pom, 'utf8'))?.[1] ?? 'unknown';
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'signalbox');
  const jars = join(cache, `kafka-${release}`);
  if (existsSync(jars)) return { jars };
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, 'kafka-fetching-'));
  const fetched = spawnSync(
    'mvn',
    ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${fresh}`, '-DincludeScope=runtime'],
    { encoding: 'utf8' },
  );
  if (fetched.status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    return { missing: `Kafka could not be fetched: ${`${fetched.stdout}${fetched.stderr}`.trim().slice(0, 300)}` };
  }
  // Whole or not at all; two at once are both right.
  try {
    renameSync(fresh, jars);
  } catch {
    rmSync(fresh, { recursive: true, force: true });
  }
  return { jars };
}

/** A broker that is running. @throws with the broker's own words when it does not start */
export async function startKafka(jars: string): Promise<KafkaServer> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-kafka-'));
  const [plain, sasl, secure, controller] = await freePorts(4);
  makeCertificate(folder);
  writeFileSync(join(folder, 'server.properties'), properties(folder, { plain, sasl, secure, controller } as Ports));
  const run = (args: readonly string[]) => ['-cp', `${jars}/*`, ...javaOptions, ...args];
  execFileSync(
    'java',
    run([
      'kafka.tools.StorageTool',
      'format',
      '--standalone',
      '--cluster-id',
      'c2lnbmFsYm94LXRlc3RzMQ',
      '--add-scram',
      `SCRAM-SHA-256=[name=${user.name},password=${user.password}]`,
      '--config',
      join(folder, 'server.properties'),
    ]),
    { stdio: 'pipe' },
  );
  let process: BrokerProcess | null = null;
  const server: KafkaServer = {
    brokers: `127.0.0.1:${plain}`,
    saslBrokers: `127.0.0.1:${sasl}`,
    secureBrokers: `127.0.0.1:${secure}`,
    ca: join(folder, 'certificate.pem'),
    user,
    async start() {
      process ??= await startBroker(run(['kafka.Kafka', join(folder, 'server.properties')]), folder, plain!);
    },
    async stop() {
      await process?.end('SIGTERM');
      process = null;
    },
    async kill() {
      await process?.end('SIGKILL');
      process = null;
    },
    readTopic: (topic) => readTopic(run, server.brokers, topic),
    async remove() {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

/** Nothing new for so many milliseconds is the end. */
const quietMs = 3_000;
const separator = '\u0001';

async function readTopic(
  run: (args: readonly string[]) => string[],
  brokers: string,
  topic: string,
): Promise<TopicMessage[]> {
  const format = ['print.key=true', 'print.headers=true', `key.separator=${separator}`, `headers.separator=\u0002`];
  const args = run([
    'org.apache.kafka.tools.consumer.ConsoleConsumer',
    ...['--bootstrap-server', brokers, '--topic', topic, '--from-beginning'],
    ...['--isolation-level', 'read_committed', '--timeout-ms', String(quietMs)],
    ...format.flatMap((property) => ['--property', property]),
  ]);
  const { stdout } = await promisify(execFile)('java', args, { maxBuffer: 256 * 1024 * 1024 });
  const lines = stdout.split('\n').filter((line) => line.includes(separator));
  return lines.map((line) => {
    const [headers, key, value] = line.split(separator) as [string, string, string];
    const pairs = headers === 'NO_HEADERS' ? [] : headers.split('\u0002').map((pair) => pair.split(/:(.*)/s, 2));
    return { key, value, headers: Object.fromEntries(pairs) as Record<string, string> };
  });
}

interface Ports {
  readonly plain: number;
  readonly sasl: number;
  readonly secure: number;
  readonly controller: number;
}

function properties(folder: string, { plain, sasl, secure, controller }: Ports): string {
  const login = `org.apache.kafka.common.security.plain.PlainLoginModule required user_${user.name}="${user.password}";`;
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.bootstrap.servers=127.0.0.1:${controller}`,
    `listeners=PLAIN://127.0.0.1:${plain},SASL://127.0.0.1:${sasl},SECURE://127.0.0.1:${secure},CONTROLLER://127.0.0.1:${controller}`,
    'listener.security.protocol.map=PLAIN:PLAINTEXT,SASL:SASL_PLAINTEXT,SECURE:SASL_SSL,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name=PLAIN',
    'controller.listener.names=CONTROLLER',
    'sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256',
    ...['sasl', 'secure'].flatMap((name) => [
      `listener.name.${name}.plain.sasl.jaas.config=${login}`,
      `listener.name.${name}.scram-sha-256.sasl.jaas.config=${scram}`,
    ]),
    'ssl.keystore.type=PEM',
    `ssl.keystore.location=${join(folder, 'keystore.pem')}`,
    `log.dirs=${join(folder, 'log')}`,
    'broker.session.timeout.ms=2000',
    'broker.heartbeat.interval.ms=500',
    'auto.create.topics.enable=false',
    'group.initial.rebalance.delay.ms=0',
    'offsets.topic.num.partitions=3',
    'offsets.topic.replication.factor=1',
    'transaction.state.log.num.partitions=3',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'transaction.abort.timed.out.transaction.cleanup.interval.ms=1000',
    'share.coordinator.state.topic.num.partitions=1',
    'share.coordinator.state.topic.replication.factor=1',
    'share.coordinator.state.topic.min.isr=1',
    '',
  ].join('\n');
}

function makeCertificate(folder: string): void {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=IP:127.0.0.1,DNS:localhost',
      '-keyout',
      key,
      '-out',
      certificate,
    ],
    { stdio: 'pipe' },
  );
  writeFileSync(join(folder, 'keystore.pem'), readFileSync(key, 'utf8') + readFileSync(certificate, 'utf8'));
}

async function main(): Promise<void> {
  const fetched = fetchKafka();
  if ('missing' in fetched) {
    process.stderr.write(`No Kafka here: ${fetched.missing}\n`);
    process.exitCode = 1;
    return;
  }
  if (process.argv.includes('--fetch')) return;
  const server = await startKafka(fetched.jars);
  process.stdout.write(`KAFKA_BROKERS=${server.brokers}\n`);
  const end = () => void server.remove().then(() => process.exit(0));
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

if (import.meta.main) await main();
