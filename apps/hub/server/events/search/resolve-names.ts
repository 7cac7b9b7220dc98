import type { QueryValue } from '@nexomatic/contracts/event-query-value';
import { type Id, isId } from '@nexomatic/contracts/id';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Schedule } from '@nexomatic/db/entities/schedule';
import { Sink } from '@nexomatic/db/entities/sink';
import { Source } from '@nexomatic/db/entities/source';
import { likeText } from '@nexomatic/db/like';
import type { EntityManager } from '@nexomatic/db/query';

/** What a query calls by name, with the words for a hint. */
const named = {
  type: { kind: 'eventType', entity: EventType, noun: 'event type' },
  source: { kind: 'source', entity: Source, noun: 'source' },
  sink: { kind: 'sink', entity: Sink, noun: 'sink' },
  schedule: { kind: 'schedule', entity: Schedule, noun: 'schedule' },
} as const;
export type NamedKey = keyof typeof named;
export type NamedId<K extends NamedKey> = Id<(typeof named)[K]['kind']>;

export interface Resolved<I> {
  ids: I[];
  /** `null` is one of the values: events that have none. */
  none: boolean;
  /** Names that nothing has, each as a sentence. */
  unknown: string[];
}

/**
 * The ids of what is called by these values: whole names, beginnings of names, and ids, which are how what was deleted
 * is still called.
 */
export async function resolveNames<K extends NamedKey>(
  em: EntityManager,
  key: K,
  values: QueryValue[],
): Promise<Resolved<NamedId<K>>> {
  const { kind, entity, noun } = named[key];
  const texts = values.flatMap((value) =>
    value.kind === 'text' ? [value.text] : value.kind === 'any' ? value.texts : [],
  );
  const prefixes = values.flatMap((value) => (value.kind === 'prefix' ? [value.text] : []));
  const given = texts.filter((text): text is NamedId<K> => isId(kind, text));
  const names = texts.filter((text) => !isId(kind, text));
  const like = prefixes.map((prefix) => ({ name: { $like: `${likeText(prefix)}%` } }));
  const $or = [...(names.length > 0 ? [{ name: { $in: names } }] : []), ...like];
  const rows = $or.length === 0 ? [] : await find(em, entity, $or);
  const found = rows.map(({ name }) => name);
  return {
    ids: [...new Set([...given, ...rows.map(({ id }) => id as NamedId<K>)])],
    none: values.some((value) => value.kind === 'null'),
    unknown: [
      ...names.filter((name) => !found.includes(name)).map((name) => `There is no ${noun} ${name}.`),
      ...prefixes
        .filter((prefix) => !found.some((name) => name.startsWith(prefix)))
        .map((prefix) => `No ${noun} has a name that begins with ${prefix}.`),
    ],
  };
}

function find(
  em: EntityManager,
  entity: (typeof named)[NamedKey]['entity'],
  $or: object[],
): Promise<{ id: string; name: string }[]> {
  const options = { fields: ['id', 'name'], limit: 2_000 } as const;
  switch (entity) {
    case EventType:
      return em.find(EventType, { $or }, options);
    case Source:
      return em.find(Source, { $or }, options);
    case Sink:
      return em.find(Sink, { $or }, options);
    default:
      return em.find(Schedule, { $or }, options);
  }
}
