import { matchFrom } from '../../ml/index.ts';
import type { Finder } from './entity.ts';

const currencies: Readonly<Record<string, string>> = {
  '€': 'EUR', eur: 'EUR', euro: 'EUR', euros: 'EUR', $: 'USD', usd: 'USD', dollar: 'USD', dollars: 'USD', '£': 'GBP',
  gbp: 'GBP', pound: 'GBP', pounds: 'GBP', quid: 'GBP', chf: 'CHF', franken: 'CHF', 'fr.': 'CHF', sfr: 'CHF',
}; // biome-ignore format: a table
const figure = String.raw`(\d{1,3}(?:[.,'’ \u00a0]\d{3})+(?:[.,]\d{1,2})?|\d{1,9}(?:[.,]\d{1,2})?)(?![\d])(?:[.,][-–]+)?`;
const scale = String.raw`(?:[ \u00a0]?(k|tsd\.?|thousand|mio\.?|million(?:en)?)(?![\p{L}]))?`;
const figureThenCurrency = new RegExp(
  String.raw`${figure}${scale}[ \u00a0]?(€|\$|£|(?:euros?|eur|usd|us-dollar|dollars?|gbp|pounds?|quid|chf|franken|sfr)(?!\p{L}))`,
  'iuy',
);
const currencyThenFigure = new RegExp(String.raw`(€|\$|£|eur|usd|gbp|chf|euro)[ \u00a0]?${figure}${scale}`, 'iuy');

/** "1.234,56 €", "20 Euro", "75,- €", "3 Mio. Euro". */
export const findAmount: Finder = ({ text, at }) => {
  const match = matchFrom(figureThenCurrency, text, at);
  if (match === null) return null;
  const [whole, digits, factor, currency] = match;
  return { kind: 'amount', value: amountOf(digits!, factor, currency!), end: at + whole.length };
};

/** "€49.00", "USD 12,000". */
export const findAmountAfterCurrency: Finder = ({ text, at }) => {
  const match = matchFrom(currencyThenFigure, text, at);
  if (match === null) return null;
  const [whole, currency, digits, factor] = match;
  const end = at + whole.length;
  if (isWord(text.charCodeAt(end))) return null;
  return { kind: 'amount', value: amountOf(digits!, factor, currency!), end };
};

function amountOf(digits: string, factor: string | undefined, currency: string): string {
  const code = currencies[currency.toLowerCase().replace('us-', '')] ?? currency.toUpperCase();
  const plain = plainFigure(digits);
  if (factor === undefined) return `${plain} ${code}`;
  const thousands = /^(?:k|t)/i.test(factor);
  return `${Math.round(Number(plain) * (thousands ? 1_000 : 1_000_000))} ${code}`;
}

/**
 * A figure with a point for its fraction of two digits, if it has one. The last of two different separators is the
 * decimal one; a single one is, when other than three digits follow.
 */
function plainFigure(written: string): string {
  const digits = written.replace(/['’ \u00a0]/g, '');
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  const fraction = last < 0 ? '' : digits.slice(last + 1);
  if (fraction.length === 0 || fraction.length === 3) return digits.replace(/[.,]/g, '');
  return `${digits.slice(0, last).replace(/[.,]/g, '')}.${fraction.padEnd(2, '0')}`;
}

const isWord = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 0xbf;
