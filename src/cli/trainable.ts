/** The names of `train --model`; those after the first are not built yet and are refused in words. */
export const trainable = ['logreg', 'svc', 'union', 'neighbours', 'neural', 'transformer', 'distilbert', 'ensemble'];
