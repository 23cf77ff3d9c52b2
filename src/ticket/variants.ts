/** The ways to tell categories, by the name of `MODEL_VARIANT`, `train --model` and `model_used`. */
export const variants = ['logreg', 'svc', 'union', 'neighbours', 'neural', 'transformer', 'ensemble'] as const;
export type Variant = (typeof variants)[number];

/** Other names that people know them by. */
export const variantAliases: Readonly<Record<string, Variant>> = { distilbert: 'transformer' };

export const isVariant = (name: unknown): name is Variant => variants.some((variant) => variant === name);
