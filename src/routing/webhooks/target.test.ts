import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectFormat, refuseAddress, refuseUrl, shownUrl } from './target.ts';

const closed = { allowPrivate: false };
const open = { allowPrivate: true };
const refused = (url: string, rules = closed) => refuseUrl(new URL(url), rules);

describe('refuseUrl', () => {
  it.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://10.1.2.3/',
    'https://172.31.255.255/',
    'https://192.168.0.1/',
    'https://100.64.0.1/',
    'https://198.18.0.1/',
    'https://[::1]/',
    'https://[fd12:3456::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[::127.0.0.1]/',
    'https://[64:ff9b::10.0.0.1]/',
    'https://[64:ff9b:1::a00:1]/',
    'https://[2002:7f00:1::]/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://db.internal/',
    'https://printer.local:8443/',
    'http://93.184.216.34/',
    'https://user:word@93.184.216.34/',
    'https://93.184.216.34:22/',
    'https://93.184.216.34:25/',
    'ftp://93.184.216.34/',
    'file:///etc/passwd',
  ])('refuses %s', (url) => {
    expect(refused(url)).toEqual(expect.any(String));
  });

  it.each([
    'https://169.254.169.254/latest/meta-data',
    'https://[fe80::1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://[64:ff9b::a9fe:a9fe]/',
    'https://[2002:a9fe:a9fe::1]/',
    'https://[fd00:ec2::254]/',
    'https://100.100.100.200/',
    'https://0.0.0.0/',
    'https://[::]/',
    'https://224.0.0.1/',
    'https://[ff02::1]/',
    'https://255.255.255.255/',
    'https://[2001:0:53aa:64c::1]/',
    'https://[64:ff9b:1:a9fe:a9:fe00:808:808]/',
    'https://[3fff::1]/',
    'https://[4000::1]/',
    'https://[5f00::1]/',
    'https://user@10.0.0.1/',
    'gopher://10.0.0.1/',
  ])('refuses %s even where private addresses are allowed', (url) => {
    expect(refused(url, open)).toEqual(expect.any(String));
  });

  it.each([
    'https://93.184.216.34/',
    'https://example.com:8443/hook?a=1',
    'https://[2606:4700::1111]/',
    'https://münchen.example/',
  ])('takes %s', (url) => expect(refused(url)).toBeNull());

  it.each([
    'http://127.0.0.1:3000/',
    'http://localhost/',
    'https://10.0.0.1:25/',
    'http://[::1]:80/',
    'http://[fd12::1]/',
  ])('takes %s where private addresses are allowed', (url) => expect(refused(url, open)).toBeNull());
});

it('judges an IPv4 address the same in every form of IPv6 that carries one', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.boolean(), (address, allowPrivate) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
      const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
      const plain = refuseAddress(address, { allowPrivate });
      for (const carrier of [`::ffff:${hex}`, `64:ff9b::${hex}`, `2002:${hex}::1`, `::ffff:0:${hex}`])
        expect([carrier, refuseAddress(carrier, { allowPrivate })]).toEqual([carrier, plain]);
    }),
    { numRuns: 2_000 },
  );
});

it('never speaks to the own network, whatever the address', () => {
  const own = fc.oneof(
    fc.tuple(fc.constant(10), fc.nat(255), fc.nat(255), fc.nat(255)),
    fc.tuple(fc.constant(127), fc.nat(255), fc.nat(255), fc.nat(255)),
    fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), fc.nat(255), fc.nat(255)),
    fc.tuple(fc.constant(192), fc.constant(168), fc.nat(255), fc.nat(255)),
    fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), fc.nat(255), fc.nat(255)),
    fc.tuple(fc.constant(169), fc.constant(254), fc.nat(255), fc.nat(255)),
  );
  fc.assert(
    fc.property(own, (bytes) => {
      const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
      for (const host of [bytes.join('.'), String(number), `0x${number.toString(16)}`, `[::ffff:${bytes.join('.')}]`])
        expect([host, refused(`https://${host}/`)]).toEqual([host, expect.any(String)]);
    }),
  );
});

it('refuses addresses with a zone, and what is no address', () => {
  expect(refuseAddress('fe80::1%eth0', open)).toMatch(/zone/);
  expect(refuseAddress('2606:4700::1111%1', closed)).toMatch(/zone/);
  expect(refuseAddress('nothing', open)).toEqual(expect.any(String));
});

it('knows the chat services by their host, and shows no password of an address', () => {
  expect(detectFormat(new URL('https://hooks.slack.com/services/T/B/x'))).toBe('slack');
  expect(detectFormat(new URL('https://discord.com/api/webhooks/1/x'))).toBe('discord');
  expect(detectFormat(new URL('https://canary.discord.com/api/webhooks/1/x'))).toBe('discord');
  expect(detectFormat(new URL('https://hooks.slack.com.evil.example/services/T/B/x'))).toBe('generic');
  expect(shownUrl('https://hooks.slack.com/services/T/B/x')).toBe('https://hooks.slack.com/…');
  expect(shownUrl('https://a.example/hook?token=x#part')).toBe('https://a.example/hook?…');
  expect(shownUrl('https://hooks.zapier.com/hooks/catch/17/secret/')).toBe('https://hooks.zapier.com/hooks/…');
  expect(shownUrl('https://a.example')).toBe('https://a.example/');
});
