/** Tells of the wish to stop: Ctrl-C, `npm stop`, a closed terminal. */
export interface StopWish {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** Settles with the first signal's name. */
  readonly asked: Promise<NodeJS.Signals>;
  end(): void;
}

const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** One Ctrl-C may arrive several times (from the terminal, from npm): repeats are the same wish. */
export function listenForStop(): StopWish {
  const controller = new AbortController();
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  const onSignal = (signal: NodeJS.Signals) => {
    controller.abort(new DOMException(`stopped by ${signal}`, 'AbortError'));
    resolve(signal);
  };
  for (const signal of signals) process.on(signal, onSignal);
  return {
    signal: controller.signal,
    asked: promise,
    end() {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
