/** Work that is asked for often and done once for all who asked meanwhile, one run at a time. */
export interface Soon {
  /** Asks for a run, which begins after the pause or, while one is under way, after that and the pause. */
  ask(): void;
  /** Resolves when nothing is asked for or under way. */
  settled(): Promise<void>;
  /** No run begins any more; resolves when the last has ended. */
  close(): Promise<void>;
}

/** `work` must not throw. The pause gathers what comes in quick succession: a hundred documents are one run. */
export function soon(work: () => Promise<void>, pauseMs: number): Soon {
  let asked = false;
  let closed = false;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let waiting: (() => void)[] = [];

  function look(): void {
    if (running !== null || timer !== null) return;
    if (!asked || closed) {
      for (const resolve of waiting) resolve();
      waiting = [];
      return;
    }
    timer = setTimeout(run, pauseMs);
  }

  function run(): void {
    timer = null;
    asked = false;
    running = work().finally(() => {
      running = null;
      look();
    });
  }

  const settled = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
      look();
    });
  return {
    ask() {
      asked = true;
      look();
    },
    settled,
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      timer = null;
      await settled();
    },
  };
}
