import { useSearch } from 'wouter';
import { type InteractionFilters, interaction } from '../../../src/api/contract/index.ts';
import { navigate } from '../../lib/location.ts';

/** What the address of the page holds. Dates are days of the reader's calendar; everything else is the API's. */
export interface View {
  readonly category: string;
  readonly action: string;
  readonly from: string;
  readonly to: string;
  readonly q: string;
  /** How many pages of the list are loaded. */
  readonly pages: number;
  /** The interaction that is open beside the list. */
  readonly open: string;
}

export const guardrails = interaction.shape.guardrail_action.options;
export const filterNames = ['q', 'category', 'action', 'from', 'to'] as const;
export type FilterName = (typeof filterNames)[number];

const day = /^\d{4}-\d{2}-\d{2}$/;
const maxPages = 40;

export function readView(search: string): View {
  const params = new URLSearchParams(search);
  const get = (name: string): string => params.get(name) ?? '';
  const date = (name: string): string => (day.test(get(name)) && !Number.isNaN(Date.parse(get(name))) ? get(name) : '');
  const pages = Number(get('pages'));
  return {
    category: get('category').slice(0, 100),
    action: (guardrails as readonly string[]).includes(get('action')) ? get('action') : '',
    from: date('from'),
    to: date('to'),
    q: get('q').slice(0, 200),
    pages: Number.isInteger(pages) && pages >= 1 ? Math.min(pages, maxPages) : 1,
    open: get('open'),
  };
}

export function addressOfView(view: View): string {
  const params = new URLSearchParams();
  for (const name of filterNames) if (view[name] !== '') params.set(name, view[name]);
  if (view.pages > 1) params.set('pages', String(view.pages));
  if (view.open !== '') params.set('open', view.open);
  return params.size > 0 ? `/interactions?${params}` : '/interactions';
}

/** The filters as the API takes them: the first and the last moment of the reader's days. */
export function apiFilters(view: View): InteractionFilters {
  return {
    ...(view.category === '' ? {} : { category: view.category }),
    ...(view.action === '' ? {} : { action: view.action as (typeof guardrails)[number] }),
    ...(view.from === '' ? {} : { from: new Date(`${view.from}T00:00:00`).toISOString() }),
    ...(view.to === '' ? {} : { to: new Date(`${view.to}T23:59:59.999`).toISOString() }),
    ...(view.q === '' ? {} : { q: view.q }),
  };
}

export type ChangeView = (changed: Partial<View>, options?: { replace?: boolean }) => void;

/** Reads the address and changes it. Another filter starts at the first page, with nothing open. */
export function useView(): [View, ChangeView] {
  const view = readView(useSearch());
  const change: ChangeView = (changed, options) => {
    const filtered = filterNames.some((name) => changed[name] !== undefined && changed[name] !== view[name]);
    navigate(addressOfView({ ...view, ...(filtered ? { pages: 1, open: '' } : {}), ...changed }), options);
  };
  return [view, change];
}
