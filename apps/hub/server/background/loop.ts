import type { Logger } from '@nexomatic/logger';

/** A long-lived duty: the loop decides when, `runOnce` decides what. */
export interface LoopDefinition {
  /** `noun-verb`, as in logs. */
  name: string;
  everyMs: number;
  /** True: there may be more to do at once, run again without waiting. */
  runOnce(): Promise<boolean>;
}

export interface Loop {
  start(): void;
  /** Settles when the round that is under way, if any, has ended. */
  stop(): Promise<void>;
}

/**
 * One round at a time, the next one `everyMs` after the last one's end. A round that fails is logged once per change of
 * its message and tried again; it ends nothing else.
 */
export function createLoop({ name, everyMs, runOnce }: LoopDefinition, logger: Logger): Loop {
  let timer: NodeJS.Timeout | null = null;
  let round: Promise<void> = Promise.resolve();
  let stopped = true;
  let lastError = '';

  async function run(): Promise<void> {
    let again = true;
    while (again && !stopped) {
      try {
        again = await runOnce();
        if (lastError !== '') logger.info({ loop: name }, 'loop.recovered');
        lastError = '';
      } catch (error) {
        again = false;
        const message = error instanceof Error ? error.message : String(error);
        if (message !== lastError) logger.error({ loop: name, error: message }, 'loop.failed');
        lastError = message;
      }
    }
    if (!stopped) timer = setTimeout(begin, everyMs);
  }

  function begin(): void {
    round = run();
  }

  return {
    start() {
      stopped = false;
      begin();
    },
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      await round;
    },
  };
}
