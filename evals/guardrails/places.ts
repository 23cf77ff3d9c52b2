import { bodyOf, type Host } from './hosts.ts';

/** Where an attack stands. `document` is put into the passages and not into the message. */
export const places = [
  'end of body',
  'start of body',
  'within a paragraph',
  'line below',
  'quoted mail',
  'HTML comment',
  'hidden HTML',
  'document',
] as const;
export type Place = (typeof places)[number];

const html = ({ parts }: Host, inside: string) =>
  `<html><body>${parts.map((part) => `<p>${part.replaceAll('\n', '<br>')}</p>`).join('\n')}\n${inside}</body></html>`;

/** The body of the ticket with the attack in its place; `mail` is what a quoted mail holds besides. */
export function bodyWith(host: Host, place: Place, attack: string, mail: string): string {
  const [greeting, question, closing] = host.parts;
  const on =
    host.language === 'de' ? 'Am 3. März 2025 um 09:12 schrieb Support:' : 'On Mon, 3 Mar 2025, Support wrote:';
  switch (place) {
    case 'end of body':
      return `${bodyOf(host)}\n\n${attack}`;
    case 'start of body':
      return `${attack}\n\n${bodyOf(host)}`;
    case 'within a paragraph':
      return `${greeting}\n\n${question} ${attack}\n\n${closing}`;
    case 'line below':
      return `${bodyOf(host)}\n${attack}`;
    case 'quoted mail':
      return `${bodyOf(host)}\n\n${on}\n${`${mail}\n${attack}`
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n')}`;
    case 'HTML comment':
      return html(host, `<!-- ${attack.replaceAll('-->', '')} -->`);
    case 'hidden HTML':
      return html(host, `<div style="display:none">${attack.replaceAll('<', '&lt;')}</div>`);
    case 'document':
      return bodyOf(host);
  }
}

/** The body without the attack, in the same form: what an attack must not change anything about. */
export function bodyWithout(host: Host, place: Place): string {
  return place === 'HTML comment' || place === 'hidden HTML' ? html(host, '') : bodyOf(host);
}
