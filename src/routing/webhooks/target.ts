import { BlockList, isIP, isIPv6 } from 'node:net';

/**
 * Where a webhook may point to. A URL that an admin enters makes this machine open connections: into the own network,
 * to the metadata service of a cloud, to ourselves. So only public addresses are spoken to, by TLS, unless
 * WEBHOOK_ALLOW_PRIVATE says that the receivers stand in the own network. Looked at when the webhook is made and, with
 * the address that the name has in that moment, at each connection: a name may point elsewhere by then.
 */
export interface TargetRules {
  readonly allowPrivate: boolean;
}

/** Nobody receives webhooks there, and credentials of machines are given out there: refused in any case. */
const never = blockList([
  ['0.0.0.0', 8], // this network
  ['169.254.0.0', 16], // link-local, with the metadata services of the clouds
  ['192.0.0.192', 32], // metadata, Oracle
  ['100.100.100.200', 32], // metadata, Alibaba
  ['168.63.129.16', 32], // wire server, Azure
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
  ['::', 128],
  ['fe80::', 10],
  ['fec0::', 10], // site-local, abolished
  ['fd00:ec2::254', 128], // metadata, Amazon
  ['fd20:ce::254', 128], // metadata, Google
  ['ff00::', 8],
  ['64:ff9b:1::', 48], // NAT64 of a network, which alone knows where in it the IPv4 address stands
  ['100::', 64], // discarded
  ['2001:db8::', 32], // documentation
  ['3fff::', 20], // the same
]);

/** What is given out of IPv6 to be reached by all. */
const everybody = blockList([['2000::', 3]]);

const own = blockList([
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // shared by a provider's customers
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['::1', 128],
  ['fc00::', 7],
]);

function blockList(nets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of nets) list.addSubnet(net, prefix, isIPv6(net) ? 'ipv6' : 'ipv4');
  return list;
}

/** Prefixes of IPv6 that carry an IPv4 address, with the place of its first byte. */
const carriers = [
  { list: blockList([['::ffff:0:0', 96]]), at: 12 }, // mapped
  { list: blockList([['::', 96]]), at: 12 }, // compatible, abolished
  { list: blockList([['::ffff:0:0:0', 96]]), at: 12 }, // translated
  { list: blockList([['64:ff9b::', 96]]), at: 12 }, // NAT64
  { list: blockList([['2002::', 16]]), at: 2 }, // 6to4
];
/** Teredo hides the address of a client in its bits. */
const teredo = blockList([['2001::', 32]]);

/** Why this address is not spoken to; null when it is. `address` as the system gives it, a zone included. */
export function refuseAddress(address: string, { allowPrivate }: TargetRules): string | null {
  if (address.includes('%')) return 'an address with a zone is refused';
  const version = isIP(address);
  if (version === 0) return 'not an address';
  const family = version === 6 ? 'ipv6' : 'ipv4';
  if (never.check(address, family)) return 'link-local, metadata, multicast and reserved addresses are always refused';
  if (version === 6) {
    if (teredo.check(address, 'ipv6')) return 'Teredo addresses are refused';
    if (!own.check(address, 'ipv6')) {
      const inner = carriedAddress(address);
      if (inner !== null) return refuseAddress(inner, { allowPrivate });
      if (!everybody.check(address, 'ipv6')) return 'addresses that nobody was given are refused';
    }
  }
  if (!allowPrivate && own.check(address, family))
    return 'private and loopback addresses are refused; WEBHOOK_ALLOW_PRIVATE=true allows them';
  return null;
}

function carriedAddress(address: string): string | null {
  const carrier = carriers.find(({ list }) => list.check(address, 'ipv6'));
  if (carrier === undefined) return null;
  return [...bytesOf(address).subarray(carrier.at, carrier.at + 4)].join('.');
}

/** The sixteen bytes of an IPv6 address without a zone. */
function bytesOf(address: string): Uint8Array {
  // The URL parser writes every form, dotted ends included, in groups of hexadecimal digits.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const first = groups(head);
  const last = tail === undefined ? [] : groups(tail);
  const all = [...first, ...Array(8 - first.length - last.length).fill(0), ...last];
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 255]));
}

/** The host of a URL, without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/**
 * Why a webhook may not point there; null when it may. Forms like http://2130706433/ or 0x7f.1 are addresses to the URL
 * parser, and are judged as such.
 */
export function refuseUrl(url: URL, rules: TargetRules): string | null {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'only https:// is spoken';
  if (url.protocol === 'http:' && !rules.allowPrivate)
    return 'must start with https://; plain http:// is for the own network only (WEBHOOK_ALLOW_PRIVATE=true)';
  if (url.username !== '' || url.password !== '') return 'may hold no user name and no password';
  const port = url.port === '' ? 443 : Number(url.port);
  if (!rules.allowPrivate && port < 1024 && port !== 443) return 'the port must be 443, or 1024 and above';
  const host = hostOf(url);
  if (isIP(host) !== 0) return refuseAddress(host, rules);
  if (!rules.allowPrivate && /(?:^|\.)(?:localhost|local|internal)\.?$/i.test(host))
    return 'names of the own machine or network are refused; WEBHOOK_ALLOW_PRIVATE=true allows them';
  return null;
}

/** What of a URL may be shown: of most services (chats, Zapier, Teams) the path is a password, and so may a query be. */
export function shownUrl(text: string): string {
  const url = new URL(text);
  const [first = '', ...others] = url.pathname.split('/').slice(1);
  const path = detectFormat(url) !== 'generic' ? '/…' : `/${first}${others.some((one) => one !== '') ? '/…' : ''}`;
  return `${url.origin}${path}${url.search === '' ? '' : '?…'}`;
}

/** By its host: the chat services take only their own format. */
export function detectFormat(url: URL): 'generic' | 'slack' | 'discord' {
  const host = url.hostname.toLowerCase();
  if (host === 'hooks.slack.com' || host === 'hooks.slack-gov.com') return 'slack';
  const discord = /^(?:(?:ptb|canary)\.)?discord(?:app)?\.com$/.test(host) && url.pathname.startsWith('/api/webhooks/');
  return discord ? 'discord' : 'generic';
}
