/** Figures by name; higher is better unless the name ends in _ms, _s or _mb. */
export type Figures = Record<string, number | string>;
