import { systemClock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import { createScheduleInput, type ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import type { Occurrence } from '@nexomatic/contracts/schedule-occurrence';
import { listOccurrencesInput } from '@nexomatic/contracts/schedule-run-api';
import { systemActor } from '../../auth/actor.ts';
import type { Services } from '../../services.ts';
import type { TestHub } from '../../testing/open-test-hub.ts';
import { fireDue } from '../fire-due.ts';
import { listOccurrences } from '../list-occurrences.ts';
import { getSchedule } from '../read-schedules.ts';
import { createSchedule } from '../save-schedule.ts';

const hourMs = 3_600_000;

/** Makes schedules and lets them fire, at times that the test says. */
export interface ScheduleHand {
  /** Services whose time for schedules is the test's. */
  deps: Services;
  /** An instant that lies so many minutes after the beginning of the test's time, which is a whole hour. */
  at(minutes: number): Date;
  /** It is that many minutes (with fractions) after the beginning. */
  goTo(minutes: number): void;
  /** One look at what is due. */
  tick(): Promise<number>;
  /** A schedule of an event type of its own, each minute unless it is said otherwise, switched on. */
  add(more?: object, eventTypeId?: Id<'eventType'>): Promise<ScheduleSummary>;
  read(id: Id<'schedule'>): Promise<ScheduleSummary>;
  /** What became of its runs, the earliest first. */
  runs(id: Id<'schedule'>): Promise<Occurrence[]>;
  /** The same as `minute status reason origin`, for comparing. */
  story(id: Id<'schedule'>): Promise<string[]>;
}

let made = 0;

export function scheduleHand(hub: TestHub, services: Services = hub.services): ScheduleHand {
  const { tenantId } = hub;
  // Later than any clock: what the database stamps by itself lies before it.
  const start = Math.ceil(systemClock.now() / hourMs) * hourMs + 24 * hourMs;
  let now = start;
  const deps = { ...services, databaseTime: async () => new Date(now) };
  const at = (minutes: number): Date => new Date(start + minutes * 60_000);

  const hand: ScheduleHand = {
    deps,
    at,
    goTo(minutes) {
      now = start + minutes * 60_000;
    },
    tick: () => fireDue(deps, new Date(now)),
    async add(more = {}, eventTypeId) {
      const name = `schedule-${++made}`;
      const input = createScheduleInput.parse({
        name,
        eventTypeId: eventTypeId ?? (await hub.addEventType(`type-of-${name}`)),
        cron: '* * * * *',
        timeZone: 'UTC',
        enabled: true,
        ...more,
      });
      return createSchedule(deps, tenantId, systemActor, input);
    },
    read: (id) => getSchedule(deps, tenantId, id),
    async runs(id) {
      const input = listOccurrencesInput.parse({ id, limit: 500 });
      return (await listOccurrences(deps, tenantId, input)).occurrences.reverse();
    },
    async story(id) {
      return (await hand.runs(id)).map(({ dueAt, status, reason, origin }) => {
        const minute = (Date.parse(dueAt) - start) / 60_000;
        return [minute, status, reason, origin].filter((part) => part !== null).join(' ');
      });
    },
  };
  return hand;
}
