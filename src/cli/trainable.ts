import { variantAliases, variants } from '../ticket/index.ts';

/** The names of `train --model`. */
export const trainable = [...variants, ...Object.keys(variantAliases)];
