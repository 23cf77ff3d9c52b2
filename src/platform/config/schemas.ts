import { z } from 'zod';

/** What several variables are read by. */
export const port = z.coerce.number().int().min(0).max(65_535);
export const url = (schemes: string[]) =>
  z.string().refine((v) => schemes.includes(tryUrl(v)?.protocol.replace(':', '') ?? ''), {
    error: `must be a URL that starts with ${schemes.map((s) => `${s}://`).join(' or ')}`,
  });
export const flag = z.enum(['true', 'false', '1', '0', 'yes', 'no']).transform((v) => ['true', '1', 'yes'].includes(v));

function tryUrl(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null;
}

export interface Variable {
  readonly schema: z.ZodType;
  readonly default?: string;
  readonly secret?: boolean;
  readonly about: string;
}
