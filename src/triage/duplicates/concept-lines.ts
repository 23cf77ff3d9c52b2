/** Concepts by name; phrases separated by commas, English and German. */
export type ConceptLines = Readonly<Record<string, { readonly en: string; readonly de: string }>>;
