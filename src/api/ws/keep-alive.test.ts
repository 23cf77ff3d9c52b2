import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AliveSocket, keepAlive } from './keep-alive.ts';

class Socket extends EventEmitter implements AliveSocket {
  isPaused = false;
  bufferedAmount = 0;
  readonly ping = vi.fn();
  readonly terminate = vi.fn();
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a socket of the stream', () => {
  const socket = () => {
    const one = new Socket();
    keepAlive(one);
    return one;
  };

  it('that answers nothing is ended after a minute, and one that answers is not', () => {
    const [silent, answering] = [socket(), socket()];
    answering.ping.mockImplementation(() => answering.emit('pong'));
    vi.advanceTimersByTime(60_000);
    expect(silent.terminate).toHaveBeenCalled();
    expect(answering.terminate).not.toHaveBeenCalled();
  });

  it('whose answer stands behind tickets that still come is not ended', () => {
    const busy = socket();
    setInterval(() => busy.emit('message'), 20_000);
    vi.advanceTimersByTime(300_000);
    expect(busy.terminate).not.toHaveBeenCalled();
  });

  it('that is held back and takes nothing is ended', () => {
    const stuck = socket();
    Object.assign(stuck, { isPaused: true, bufferedAmount: 10 });
    vi.advanceTimersByTime(60_000);
    expect(stuck.terminate).toHaveBeenCalled();
  });
});
