export { type Config, inheritEnvironment, parseConfig, readEnvironment } from './config.ts';
export { configurationTable } from './table.ts';
export type { Role } from './variables.ts';
