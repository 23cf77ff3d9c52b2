import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { createLog, migrate, openDatabase, startPostgres } from '../../src/platform/index.ts';
import { databaseUrl } from './database-url.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** May create databases; the template of this run is `templateName`. */
    adminUrl: string;
    templateName: string;
  }
}

/**
 * One cluster for the whole run: the server that TEST_DATABASE_URL or DATABASE_URL names, or our own in a
 * new folder. One migrated template database; each test file clones it (see database.ts).
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL'] ?? process.env['DATABASE_URL'];
  const own = given ? undefined : await startOwn();
  const adminUrl = given ?? own!.url;
  const templateName = `signalbox_template_${process.pid}_${Date.now()}`;
  await administer(adminUrl, `create database ${templateName}`);
  const database = openDatabase(databaseUrl(adminUrl, templateName), { poolSize: 2 });
  await migrate(database, resolve(import.meta.dirname, '../../migrations'));
  await database.close();
  project.provide('adminUrl', adminUrl);
  project.provide('templateName', templateName);
  return async () => {
    await administer(adminUrl, `drop database if exists ${templateName} with (force)`);
    await own?.end();
  };
}

async function startOwn(): Promise<{ url: string; end(): Promise<void> }> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'signalbox-test-'));
  const postgres = await startPostgres({ dataFolder, log: createLog('warn') });
  return {
    url: postgres.url,
    async end() {
      await postgres.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

async function administer(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
