/** Did not come to an end in its time. What was waited for may still go on. */
export class TooLate extends Error {
  constructor(what: string, milliseconds: number) {
    super(`${what} took longer than ${milliseconds / 1000} s`);
    this.name = 'TooLate';
  }
}

/** The result of `work`. @throws TooLate after `milliseconds`; what comes later is dropped */
export async function within<T>(milliseconds: number, what: string, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new TooLate(what, milliseconds)), milliseconds);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
    // Nobody hears of it any more.
    work.catch(() => undefined);
  }
}
