import { z } from 'zod';
import { flag, type Variable } from './schemas.ts';

const topicName = z.string().regex(/^[A-Za-z0-9._-]{1,200}$/, { error: 'must be a name of letters, digits, . _ -' });

/** The Kafka stream. */
export const kafkaVariables = {
  KAFKA_BROKERS: {
    schema: z
      .string()
      .transform((text) => text.split(',').map((broker) => broker.trim()))
      .refine((brokers) => brokers.every((broker) => /^[^\s:/]+:\d{1,5}$/.test(broker)), {
        error: 'must look like host:port,host:port',
      }),
    about: 'Kafka brokers; setting it switches the Kafka stream on. See docs/streams.md.',
  },
  KAFKA_CLIENT_ID: { schema: z.string().min(1), default: 'signalbox', about: 'How we call ourselves to the brokers.' },
  KAFKA_GROUP: {
    schema: z.string().min(1).max(200),
    default: 'signalbox',
    about: 'Consumer group; processes with the same one share the partitions.',
  },
  KAFKA_TOPIC_IN: {
    schema: topicName,
    default: 'support_tickets',
    about: 'Topic of tickets. Beside it stand <name>.retry and <name>.dlq.',
  },
  KAFKA_TOPIC_OUT: { schema: topicName, default: 'ticket_results', about: 'Topic that results are written to.' },
  KAFKA_CREATE_TOPICS: { schema: flag, default: 'true', about: 'Create the topics that are missing.' },
  KAFKA_PARTITIONS: {
    schema: z.coerce.number().int().min(1).max(1_000),
    default: '3',
    about: 'Partitions of a topic that we create: so many processes can share it.',
  },
  KAFKA_RETRY_SECONDS: {
    schema: z
      .string()
      .transform((text) => text.split(',').map(Number))
      .refine((all) => all.every((n) => n >= 0 && n <= 86_400), { error: 'must look like 10,60,300' }),
    default: '10,60,300',
    about:
      'Seconds before each new try of a message that failed for a reason nobody foresaw; then it is a dead letter.',
  },
  KAFKA_SSL: { schema: flag, default: 'false', about: 'Speak TLS to the brokers.' },
  KAFKA_SSL_CA: {
    schema: z.string().min(1),
    about: 'PEM file of the authority; without it the usual ones are believed.',
  },
  KAFKA_SSL_CERT: { schema: z.string().min(1), about: 'PEM file of our certificate, where brokers ask for one.' },
  KAFKA_SSL_KEY: { schema: z.string().min(1), about: 'PEM file of the key of KAFKA_SSL_CERT.' },
  KAFKA_SASL_MECHANISM: {
    schema: z.enum(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512']),
    about: 'How to log in to the brokers; needs a name and a password.',
  },
  KAFKA_SASL_USERNAME: { schema: z.string().min(1), about: 'Name for KAFKA_SASL_MECHANISM.' },
  KAFKA_SASL_PASSWORD: { schema: z.string().min(1), secret: true, about: 'Password for KAFKA_SASL_MECHANISM.' },
} as const satisfies Record<string, Variable>;
