import type { FastifyRequest } from 'fastify';

/** What a page offers as a subprotocol, because it cannot set headers on a socket. */
export function protocolValue(request: FastifyRequest, prefix: string): string | undefined {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((p) => p.trim());
  return offered.find((p) => p.startsWith(prefix))?.slice(prefix.length);
}

/** A key that came as a subprotocol counts like one in the header. */
export function borrowKey(request: FastifyRequest): void {
  const key = protocolValue(request, 'key.');
  if (key !== undefined && request.headers.authorization === undefined) request.headers.authorization = `Bearer ${key}`;
}
