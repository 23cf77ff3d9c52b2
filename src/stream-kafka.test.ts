import { expect, it } from 'vitest';
import { parseConfig } from './platform/index.ts';
import { kafkaSettingsOf } from './stream-kafka.ts';

const settingsOf = (env: Record<string, string>) =>
  kafkaSettingsOf(parseConfig({ KAFKA_BROKERS: 'broker.example:9093', ...env }));
const login = { KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512', KAFKA_SASL_USERNAME: 'u', KAFKA_SASL_PASSWORD: 'very-secret' };

it('takes a whole login, and TLS that checks certificates', () => {
  expect(settingsOf({ ...login, KAFKA_SSL: 'true' })).toMatchObject({
    tls: {},
    sasl: { mechanism: 'SCRAM-SHA-512', username: 'u', password: 'very-secret' },
  });
  expect(settingsOf({})).toMatchObject({ tls: null, sasl: null });
});

it.each([
  ['a login without its way', { KAFKA_SASL_USERNAME: 'u', KAFKA_SASL_PASSWORD: 'very-secret' }, /KAFKA_SASL_MECHANISM/],
  ['a password alone', { KAFKA_SASL_PASSWORD: 'very-secret' }, /KAFKA_SASL_MECHANISM/],
  ['a way without a password', { KAFKA_SASL_MECHANISM: 'PLAIN', KAFKA_SASL_USERNAME: 'u' }, /KAFKA_SASL_PASSWORD/],
  ['an authority without TLS', { KAFKA_SSL_CA: '/ca.pem' }, /KAFKA_SSL=true/],
  ['a certificate without TLS', { KAFKA_SSL_CERT: '/c.pem', KAFKA_SSL_KEY: '/k.pem', ...login }, /KAFKA_SSL=true/],
  ['a file that is not there', { KAFKA_SSL: 'true', KAFKA_SSL_CA: '/nowhere/ca.pem' }, /nowhere/],
])('refuses %s, and says no secret', (_, env, words) => {
  const refused = () => settingsOf(env as Record<string, string>);
  expect(refused).toThrow(words);
  expect(refused).not.toThrow(/very-secret/);
});
