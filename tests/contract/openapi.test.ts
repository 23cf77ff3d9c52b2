import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as contract from '../../src/api/contract/index.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

/** Every route of the contract is served and described, and what it refuses it refuses as a problem. */
const routes: contract.RouteDefinition[] = Object.entries(contract)
  .filter(([name]) => name.endsWith('Routes'))
  .flatMap(([, part]) => Object.values(part));

let server: TestServer;
let paths: Record<string, Record<string, { summary?: string }>>;
beforeAll(async () => {
  server = await startTestServer();
  const { body } = await server.call<{ openapi: string; paths: typeof paths }>('GET', '/openapi.json');
  expect(body.openapi).toBe('3.1.0');
  paths = body.paths;
});
afterAll(() => server?.stop());

const openApiPath = (url: string) => url.replace(/:(\w+)/g, '{$1}');
const anywhere = (url: string) => url.replace(/:\w+/g, '0190d4cc-0000-7000-8000-000000000000');

describe('the contract', () => {
  it('has no route twice', () => {
    const names = routes.map((r) => `${r.method} ${r.url}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(routes.map((r) => [`${r.method} ${r.url}`, r] as const))('%s is described', (_, route) => {
    const described = paths[openApiPath(route.url)]?.[route.method.toLowerCase()];
    expect(described?.summary).toBe(route.summary);
  });

  it('describes nothing that is not in it', () => {
    const known = new Set(routes.map((r) => `${r.method} ${openApiPath(r.url)}`));
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((m) => `${m.toUpperCase()} ${path}`),
    );
    expect(described.filter((d) => !known.has(d))).toEqual([]);
  });

  it.each(routes.filter((r) => r.body !== undefined).map((r) => [`${r.method} ${r.url}`, r] as const))(
    '%s refuses a body that is none as a problem',
    async (_, route) => {
      for (const body of ['', '[]', '"x"', '{"unknown":1}', '{']) {
        const answer = await server.call<{ code: string; status: number }>(route.method, anywhere(route.url), body);
        expect(answer.headers.get('content-type'), body).toContain('application/problem+json');
        expect([400, 404, 422], body).toContain(answer.status);
        expect(answer.body.status).toBe(answer.status);
      }
    },
  );

  it.each(routes.filter((r) => r.method === 'GET').map((r) => [r.url, r] as const))(
    'GET %s takes a trailing slash',
    async (_, route) => {
      const plain = await fetch(server.url + anywhere(route.url));
      const slashed = await fetch(`${server.url}${anywhere(route.url)}/`);
      expect(slashed.status).toBe(plain.status);
      await Promise.all([plain.text(), slashed.text()]);
    },
  );

  it('never answers 500 to a thousand odd queries', async () => {
    const odd = ['', '%00', "'", '"', '%F0%9F%98%80', '-1', '1e9', 'null', '..%2f', '<script>', '%', 'a'.repeat(3000)];
    for (const route of routes.filter((r) => r.method === 'GET')) {
      for (const value of odd) {
        const query = ['q', 'limit', 'cursor', 'status', 'category', 'from']
          .map((name) => `${name}=${value}`)
          .join('&');
        for (const path of [`${anywhere(route.url)}?${query}`, route.url.replace(/:\w+/g, value || 'x')]) {
          const response = await fetch(`${server.url}${path}`);
          await response.arrayBuffer();
          expect(response.status, path.slice(0, 200)).toBeLessThan(500);
        }
      }
    }
  });
});
