import { matchFrom } from '../../ml/index.ts';
import type { Finder } from './entity.ts';
import { fileEndings } from './file-endings.ts';

const host = /(?:[A-Za-z0-9äöüß_-]{1,63}\.){1,5}([A-Za-z]{2,8})(?![\p{L}\d@_-])(?!\.[\p{L}\d])/uy;
const domains = new Set(
  (
    'com net org edu gov info biz dev app io de ch eu co uk fr nl pl us ai tech shop online cloud local lan internal ' +
    'intern intranet corp home example test invalid localhost'
  ).split(' '),
);
/** Words as well as countries: only behind two points, so that "Danke.At last" is none. */
const wordLike = new Set('at it es is in me to so be no am us co ai'.split(' '));

/** Names of machines and domains, by their last part. */
export const findHost: Finder = ({ text, at }) => {
  const match = matchFrom(host, text, at);
  if (match === null) return null;
  const last = match[1]!;
  const parts = match[0].split('.').length;
  if (last !== last.toLowerCase() || fileEndings.has(last)) return null;
  if (!(domains.has(last) || wordLike.has(last)) || (wordLike.has(last) && parts < 3)) return null;
  // "geht nicht.de" with a capital before is a sentence; a name of a machine has a letter.
  if (!/[A-Za-zäöü]/.test(match[0].slice(0, -last.length - 1))) return null;
  return { kind: 'host-name', value: match[0].toLowerCase(), end: at + match[0].length };
};
