import { afterEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';

/** What MODEL_VARIANT names is what serves; the models are trained once a machine and kept. */
let server: TestServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

describe.each(['svc', 'logreg'])('MODEL_VARIANT=%s', (variant) => {
  it('serves, and every face says so', async () => {
    server = await startTestServer({ MODEL_VARIANT: variant });
    for (const [body, category, language] of [
      ['I forgot my password and cannot log in any more.', 'Account', 'en'],
      ['Ich habe mein Passwort vergessen und kann mich nicht mehr anmelden.', 'Account', 'de'],
    ]) {
      const routed = await server.call('POST', '/route', { subject: 'Login', body });
      expect(routed).toMatchObject({
        status: 200,
        body: { category, language, model_used: variant, abstained: false },
      });
      const stored = await server.call('GET', `/tickets/${routed.body['ticket_id']}`);
      expect(stored.body).toMatchObject({ model_used: variant, model_version: routed.body['model_version'] });
    }
    const { body } = await server.call('GET', '/health');
    expect(body).toMatchObject({
      model_variant: variant,
      components: { model: { status: 'ok', detail: expect.stringMatching(new RegExp(`^${variant} [0-9a-f]{12}$`)) } },
    });
  }, 120_000);
});
