import { isIPv4 } from 'node:net';

export const maskingModes = ['remote', 'always', 'never'] as const;
export type MaskingMode = (typeof maskingModes)[number];

/** Whether what goes to this address is masked: with `remote`, unless the address is this machine. */
export function needsMasking(mode: MaskingMode, baseUrl: string): boolean {
  return mode === 'always' || (mode === 'remote' && !isLoopback(baseUrl));
}

function isLoopback(baseUrl: string): boolean {
  if (!URL.canParse(baseUrl)) return false;
  const host = new URL(baseUrl).hostname;
  // A name that only begins with 127. may be any machine.
  return (
    host === '[::1]' || host === 'localhost' || host.endsWith('.localhost') || (isIPv4(host) && host.startsWith('127.'))
  );
}
