/** Letters and digits that nobody takes for one another when read aloud (Crockford's base 32). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `MI-` and eight signs of an id's random end: 40 bits, among 10,000 incidents one chance in 20,000 that two are the same. */
export function incidentIdOf(uuid: string): string {
  let bits = BigInt(`0x${uuid.replaceAll('-', '').slice(-10)}`);
  let signs = '';
  for (let i = 0; i < 8; i++) {
    signs = alphabet[Number(bits & 31n)] + signs;
    bits >>= 5n;
  }
  return `MI-${signs}`;
}
