import type { EventDetail, LogEntry, Nexomatic } from '@nexomatic/client/nexomatic';
import { isTerminal } from '@nexomatic/contracts/event-state';
import type { Id } from '@nexomatic/contracts/id';

/** Gives the lines of the latest attempt and of all that come after it, as they are written. Comes back with the finished event. */
export async function followAttempts(
  hub: Nexomatic,
  id: Id<'event'>,
  print: (entry: LogEntry) => void,
  signal?: AbortSignal,
): Promise<EventDetail> {
  const until = signal ? { signal } : {};
  let last: number | null = null;
  for (;;) {
    const event = await attemptAfter(hub, id, last, until);
    const attempt = nextAttempt(event, last);
    if (attempt === undefined) return event;
    if (last !== null) process.stderr.write(`attempt ${attempt}\n`);
    for await (const entry of hub.events.logs(id, { attempt, follow: true, ...until })) print(entry);
    last = attempt;
  }
}

/** The event once it has a further attempt, or is finished. */
async function attemptAfter(hub: Nexomatic, id: Id<'event'>, last: number | null, until: { signal?: AbortSignal }) {
  for await (const event of hub.events.watch(id, until)) {
    if (isTerminal(event.state) || nextAttempt(event, last) !== undefined) return event;
  }
  throw new Error('the hub ended the stream of changes');
}

/** The first attempt behind `last`; the latest one where there was none before. */
function nextAttempt({ attempts }: EventDetail, last: number | null): number | undefined {
  const numbers = attempts.map(({ number }) => number).sort((a, b) => a - b);
  return last === null ? numbers.at(-1) : numbers.find((number) => number > last);
}
