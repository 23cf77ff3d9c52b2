import { SignalboxError } from './errors.ts';

/** The taxonomy is data (`starter/taxonomy.json`): categories, their department and intent, thresholds. */

export const departments = ['Technical', 'Billing', 'Legal'] as const;
export type Department = (typeof departments)[number];

export const intents = ['billing', 'technical_issue', 'account', 'general_question', 'unknown'] as const;
export type Intent = (typeof intents)[number];

export interface CategoryDefinition {
  /** The English name is the key that is stored and answered everywhere. */
  readonly name: string;
  readonly name_de: string;
  readonly department: Department;
  readonly intent: Exclude<Intent, 'unknown'>;
  /** Confidence from which a ticket of this category may be resolved automatically, in [0,1]. */
  readonly auto_resolve_threshold: number;
  /** Lets a very sure judge make up for a lower confidence (rule `judge-vouches`); absent: it may not. */
  readonly judge_may_vouch?: boolean;
}

/** What the house calls its own things, so that they are found in messages. */
export interface TaxonomyNames {
  readonly products?: readonly string[];
  /** "QH" where error codes look like "QH-1042". */
  readonly error_prefixes?: readonly string[];
}

export interface Taxonomy {
  readonly version: string;
  readonly categories: readonly CategoryDefinition[];
  readonly names?: TaxonomyNames;
  /** Label sets of other systems: set → their label → our category. */
  readonly label_sets: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The definition of a category, or undefined for a name the taxonomy does not know. */
export function findCategory(taxonomy: Taxonomy, name: string): CategoryDefinition | undefined {
  return taxonomy.categories.find((c) => c.name === name);
}

/** The same, for a name that somebody gave. @throws SignalboxError `invalid-fields` naming those that are known. */
export function requireCategory(taxonomy: Taxonomy, name: string): CategoryDefinition {
  const found = findCategory(taxonomy, name);
  if (found !== undefined) return found;
  const names = taxonomy.categories.map((c) => c.name).join(', ');
  throw new SignalboxError(
    'invalid-fields',
    `The category ${JSON.stringify(name)} is not known. Known are: ${names}.`,
    {
      fields: [{ path: 'category', message: `must be one of ${names}` }],
    },
  );
}
