import { type Id, newId } from '@nexomatic/contracts/id';
import { expect, test } from 'vitest';
import { eventChanges } from './event-changes.ts';
import { openHints } from './hints.ts';

const tenantId = newId('tenant');

/** A bus in memory: tells whoever listens, at once. */
function openBus() {
  const listeners = new Set<(eventIds: Id<'event'>[]) => void>();
  return {
    listeners,
    tell: (...eventIds: Id<'event'>[]) => {
      for (const listener of listeners) listener(eventIds);
    },
    subscribe(_: Id<'tenant'>, listener: (eventIds: Id<'event'>[]) => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

test('a hint that comes while nobody waits is not lost', async () => {
  const bus = openBus();
  using hints = openHints(bus, tenantId, { concerns: () => true, gapMs: 0 });
  bus.tell(newId('event'));
  await hints.next(new AbortController().signal);
});

test('a hint that is of no concern wakes nobody', async () => {
  const bus = openBus();
  const wanted = newId('event');
  using hints = openHints(bus, tenantId, { concerns: (ids) => ids.includes(wanted), gapMs: 0 });
  let woken = false;
  const waiting = hints.next(new AbortController().signal).then(() => {
    woken = true;
  });
  bus.tell(newId('event'));
  await new Promise(setImmediate);
  expect(woken).toBe(false);
  bus.tell(wanted);
  await waiting;
});

test('without any hint it is time to look again after a while', async () => {
  using hints = openHints(openBus(), tenantId, { concerns: () => true, gapMs: 0, pollMs: 1 });
  await hints.next(new AbortController().signal);
});

test('an end of the signal ends the waiting, and what is opened stops listening', async () => {
  const bus = openBus();
  const stop = new AbortController();
  {
    using hints = openHints(bus, tenantId, { concerns: () => true, gapMs: 60_000 });
    expect(bus.listeners.size).toBe(1);
    const waiting = hints.next(stop.signal);
    stop.abort();
    await waiting;
    await hints.next(stop.signal);
  }
  expect(bus.listeners.size).toBe(0);
});

test('changes that come while a reader is busy are gathered, each named once', async () => {
  const bus = openBus();
  const stop = new AbortController();
  const [a, b] = [newId('event'), newId('event')];
  const changes = eventChanges(bus, tenantId, stop.signal);
  const first = changes.next();
  bus.tell(a);
  expect((await first).value).toEqual({ eventIds: [a] });
  bus.tell(a);
  bus.tell(b);
  bus.tell(a);
  expect((await changes.next()).value).toEqual({ eventIds: [a, b] });
  const end = changes.next();
  stop.abort();
  expect((await end).done).toBe(true);
  expect(bus.listeners.size).toBe(0);
});
