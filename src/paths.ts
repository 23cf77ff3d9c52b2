import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from './platform/index.ts';

/** Where the parts of the program lie, whatever folder it is started in. */
const root = resolve(import.meta.dirname, '..');
export const paths = {
  root,
  migrations: join(root, 'migrations'),
  starter: join(root, 'starter'),
  console: join(root, 'console', 'dist'),
} as const;

export const version: string = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string })
  .version;

/** The folder of the company's documents, or the starter knowledge. */
export const documentsFolder = (config: Config) => resolve(config.DOCUMENTS_PATH ?? join(paths.starter, 'knowledge'));
