import type { QueryValue } from '@nexomatic/contracts/event-query-value';
import type { Id } from '@nexomatic/contracts/id';
import { type LogTerm, parseLogQuery } from '@nexomatic/contracts/log-query';
import { timeBoundsOf } from '@nexomatic/contracts/query-terms';
import { type LogLevel, logLevels } from '@nexomatic/contracts/sink-protocol';
import {
  anyOf,
  type FieldCondition,
  hasField,
  hasText,
  isAttempt,
  isChannel,
  isId,
  isLevel,
  type LogCondition,
  type NumberCondition,
  not,
} from '@nexomatic/db/log-conditions';
import { type IndexedLogs, type LogWalks, logWalks } from '@nexomatic/db/log-walks';
import type { EntityManager } from '@nexomatic/db/query';
import { said, textsOf } from '../../events/search/column-conditions.ts';
import { queryRefused } from '../../events/search/read-query.ts';
import { type NamedId, type NamedKey, resolveNames } from '../../events/search/resolve-names.ts';
import { boundsOf, type TimeBounds } from '../../events/search/time-range.ts';

/** What records are asked for. */
export interface LogFilter extends TimeBounds {
  q?: string | undefined;
}

export interface LogPlan {
  /** Null when nothing can be found; `hint` says why, if there is a reason to tell. */
  walks: LogWalks | null;
  /** All that is asked of a line but its time, for where there are no indexes. */
  conditions: LogCondition[];
  /** The levels that are asked for; null: any. */
  level: (LogLevel | null)[] | null;
  /** Something is asked, beside the level, that the lines of one log may differ in. */
  byLine: boolean;
  hint: string | null;
  since: Date | null;
  until: Date | null;
}

/** How the records of a filter are searched for. Refuses a query that can't be read. */
export async function planLogSearch(em: EntityManager, filter: LogFilter, now: number): Promise<LogPlan> {
  const terms = readLogQuery(filter.q ?? '');
  const { since, until } = boundsOf(timeBoundsOf({ terms }, now), filter);
  const names = await namedConditions(em, terms);
  const level = levelsOf(terms);
  const events = textsOf(said(terms, 'event').wanted).texts as Id<'event'>[];
  const hint = names.unknown.join(' ') || null;
  if (names.nothing || level?.length === 0)
    return { walks: null, conditions: [], level, byLine: false, hint, since, until };
  const indexed: IndexedLogs = {
    eventId: events.length > 0 ? [...new Set(events)] : null,
    eventTypeId: names.types,
    level,
  };
  const rest = [...names.rest, ...columnConditions(terms), ...textConditions(terms)];
  return {
    walks: logWalks(indexed, rest),
    conditions: [...indexedConditions(indexed), ...rest],
    level,
    byLine: rest.some(({ whole }) => !whole),
    hint,
    since,
    until,
  };
}

function indexedConditions({ eventId, eventTypeId, level }: IndexedLogs): LogCondition[] {
  return [
    ...(eventId ? [isId('event_id', eventId)] : []),
    ...(eventTypeId ? [isId('event_type_id', eventTypeId)] : []),
    ...(level ? [isLevel(level)] : []),
  ];
}

/** The terms of a query; refuses one that can't be read. */
function readLogQuery(text: string): LogTerm[] {
  const parsed = parseLogQuery(text);
  if (parsed.ok) return parsed.query.terms;
  throw queryRefused(parsed.faults, 'q');
}

function levelsOf(terms: LogTerm[]): (LogLevel | null)[] | null {
  const { wanted, unwanted } = said(terms, 'level');
  const [asked, without] = [levelsIn(wanted), levelsIn(unwanted)];
  if (asked.length === 0 && without.length === 0) return null;
  const all: (LogLevel | null)[] = [null, ...logLevels];
  return all.filter((level) => (asked.length === 0 || asked.includes(level)) && !without.includes(level));
}

function levelsIn(values: QueryValue[]): (LogLevel | null)[] {
  const { texts, none } = textsOf(values);
  return [...(texts as LogLevel[]), ...(none ? [null] : [])];
}

interface Named {
  types: Id<'eventType'>[] | null;
  rest: LogCondition[];
  unknown: string[];
  /** A name was wanted that nothing has. */
  nothing: boolean;
}

const columns = { source: 'source_id', sink: 'sink_id', type: 'event_type_id' } as const;

/** `type:`, `source:` and `sink:`. */
async function namedConditions(em: EntityManager, terms: LogTerm[]): Promise<Named> {
  const named: Named = { types: null, rest: [], unknown: [], nothing: false };
  for (const key of ['type', 'source', 'sink'] as const satisfies NamedKey[]) {
    const { wanted, unwanted } = said(terms, key);
    if (wanted.length > 0) {
      const { ids, none, unknown } = await resolveNames(em, key, wanted);
      named.unknown.push(...unknown);
      if (ids.length === 0 && !none) named.nothing = true;
      else if (key === 'type') named.types = ids as NamedId<'type'>[];
      else named.rest.push(isId(columns[key], ids, none));
    }
    const { ids, none } = await resolveNames(em, key, unwanted);
    if (ids.length > 0 || none) named.rest.push(not(isId(columns[key], ids, none)));
  }
  return named;
}

/** `attempt:`, `channel:`, and what is left of `event:`. */
function columnConditions(terms: LogTerm[]): LogCondition[] {
  const [attempt, channel] = [said(terms, 'attempt'), said(terms, 'channel')];
  const channels = textsOf(channel.wanted).texts;
  const otherChannels = textsOf(channel.unwanted).texts;
  const otherEvents = textsOf(said(terms, 'event').unwanted).texts;
  const attempts = anyOf(attempt.wanted.flatMap(numbersIn).map(isAttempt));
  return [
    ...(attempts ? [attempts] : []),
    ...attempt.unwanted.flatMap(numbersIn).map((one) => not(isAttempt(one))),
    ...(channels.length > 0 ? [isChannel(channels)] : []),
    ...(otherChannels.length > 0 ? [not(isChannel(otherChannels))] : []),
    ...(otherEvents.length > 0 ? [not(isId('event_id', otherEvents))] : []),
  ];
}

/** Words, quoted texts and `field.<name>:`. */
function textConditions(terms: LogTerm[]): LogCondition[] {
  const parts: LogCondition[] = [];
  const wantedFields = new Map<string, LogCondition[]>();
  for (const term of terms) {
    if (term.key === 'text') parts.push(term.negated ? not(hasText(term.value.text)) : hasText(term.value.text));
    if (term.key !== 'field') continue;
    const either = fieldsIn(term.value).map((condition) => hasField(term.path, condition));
    if (term.negated) parts.push(...either.map(not));
    else wantedFields.set(term.path, [...(wantedFields.get(term.path) ?? []), ...either]);
  }
  for (const either of wantedFields.values()) {
    const any = anyOf(either);
    if (any) parts.push(any);
  }
  return parts;
}

function numbersIn(value: QueryValue): NumberCondition[] {
  switch (value.kind) {
    case 'text':
      return [{ kind: 'equal', number: Number(value.text) }];
    case 'any':
      return value.texts.map((text) => ({ kind: 'equal', number: Number(text) }));
    case 'above':
    case 'below':
      return [{ kind: value.kind, number: Number(value.number) }];
    case 'between':
      return [{ kind: 'between', low: Number(value.low), high: Number(value.high) }];
    default:
      return [];
  }
}

function fieldsIn(value: QueryValue): FieldCondition[] {
  switch (value.kind) {
    case 'text':
    case 'prefix':
      return [{ kind: value.kind, text: value.text }];
    case 'any':
      return value.texts.map((text) => ({ kind: 'text', text }));
    case 'null':
      return [{ kind: 'null' }];
    case 'above':
    case 'below':
      return [{ kind: value.kind, number: Number(value.number) }];
    case 'between':
      return [{ kind: 'between', low: Number(value.low), high: Number(value.high) }];
  }
}
