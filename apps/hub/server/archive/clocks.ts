import type { Id } from '@nexomatic/contracts/id';
import { defaultRetention, parseRetention, type Retention, type RetentionRules } from '@nexomatic/contracts/retention';
import type { ArchiveKind } from '@nexomatic/db/ledger/log-archives';
import { typeRetentions } from '@nexomatic/db/ledger/retention';
import type { SqlRunner } from '@nexomatic/db/sql';

const dayMs = 24 * 3_600_000;

/** When what a tenant keeps moves on. */
export interface Clocks {
  /** The event type where it has a clock of its own for these logs, otherwise null: whose logs may share an object. */
  classOf(kind: ArchiveKind, eventTypeId: Id<'eventType'>): Id<'eventType'> | null;
  /** Attempts that were finished before are to be archived; of all event types when none is named, the latest of them. */
  hotBefore(kind: ArchiveKind, eventTypeId?: Id<'eventType'> | null): Date;
  /** Attempts that were finished before are to be forgotten; null: none ever. */
  keptFrom(kind: ArchiveKind, eventTypeId: Id<'eventType'> | null): Date | null;
  /** Payloads of events that ended before are to be forgotten; of all event types when none is named, the latest of them. */
  payloadsBefore(eventTypeId?: Id<'eventType'>): Date | null;
  /** Event types with clocks of their own. */
  types: Id<'eventType'>[];
}

const hotName = { output: 'outputHotDays', records: 'recordHotDays' } as const;
const keptName = { output: 'outputDays', records: 'recordDays' } as const;

/** Days are whole ones of UTC, so that what is archived together is what was finished on one day. */
export function clocksAt(
  now: number,
  tenant: RetentionRules,
  types: Map<Id<'eventType'>, RetentionRules> = new Map(),
): Clocks {
  const daysAgo = (days: number) => new Date((Math.floor(now / dayMs) - days) * dayMs);
  const rulesOf = (eventTypeId: Id<'eventType'> | null): Retention => ({
    ...defaultRetention,
    ...tenant,
    ...(eventTypeId ? types.get(eventTypeId) : undefined),
  });
  const hot = (kind: ArchiveKind, eventTypeId: Id<'eventType'> | null) => {
    const { [hotName[kind]]: hotDays, [keptName[kind]]: keptDays } = rulesOf(eventTypeId);
    return daysAgo(Math.min(hotDays, keptDays ?? hotDays));
  };
  return {
    classOf(kind, eventTypeId) {
      const rules = types.get(eventTypeId);
      return rules && (rules[hotName[kind]] !== undefined || rules[keptName[kind]] !== undefined) ? eventTypeId : null;
    },
    hotBefore(kind, eventTypeId) {
      if (eventTypeId !== undefined) return hot(kind, eventTypeId);
      const all = [null, ...types.keys()].map((one) => hot(kind, one).getTime());
      return new Date(Math.max(...all));
    },
    keptFrom(kind, eventTypeId) {
      const days = rulesOf(eventTypeId)[keptName[kind]];
      return days === null ? null : daysAgo(days);
    },
    payloadsBefore(eventTypeId) {
      const of = eventTypeId === undefined ? [null, ...types.keys()] : [eventTypeId];
      const days = of.map((one) => rulesOf(one).payloadDays).filter((one) => one !== null);
      return days.length === 0 ? null : daysAgo(Math.min(...days));
    },
    types: [...types.keys()],
  };
}

/** A tenant's clocks as its settings and those of its event types say now. */
export async function readClocks(
  sql: SqlRunner,
  now: number,
  { tenantId, retention }: { tenantId: Id<'tenant'>; retention: string },
): Promise<Clocks> {
  const types = await typeRetentions(sql, tenantId);
  return clocksAt(
    now,
    parseRetention(retention),
    new Map(types.map((one) => [one.eventTypeId, parseRetention(one.retention)])),
  );
}
