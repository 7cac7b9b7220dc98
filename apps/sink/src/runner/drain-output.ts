import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** A pipe that stays open this long after the process has exited, without a byte, is held by somebody else. */
const leakedAfterMs = 300;

export interface DrainOptions {
  pipes: Readable[];
  /** Whether reading is being held up on purpose, so that silence proves nothing. */
  isHeld(): boolean;
  /** Ends whatever still holds the pipes. */
  onLeak(): Promise<void>;
}

/**
 * After the process has exited: waits until its pipes are read to their end. A program that the module left running may
 * hold them open for ever (`sh -c "sleep 1000 &"`), so silence is taken for a leak; it is ended, and then waited for no more.
 */
export async function drainOutput({ pipes, isHeld, onLeak }: DrainOptions): Promise<void> {
  let reads = 0;
  const count = (): void => {
    reads += 1;
  };
  for (const pipe of pipes) pipe.on('data', count);
  const allEnded = Promise.all(pipes.map(ended)).then(() => true as const);
  for (let leaks = 0; leaks < 2; ) {
    const before = reads;
    if (await Promise.race([allEnded, sleep(leakedAfterMs, false as const)])) return;
    if (reads > before || isHeld()) continue;
    leaks += 1;
    if (leaks === 1) await onLeak();
  }
  for (const pipe of pipes) pipe.destroy();
}

function ended(pipe: Readable): Promise<void> {
  if (pipe.readableEnded || pipe.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    pipe.once('end', resolve);
    pipe.once('close', resolve);
    pipe.once('error', () => resolve());
  });
}
