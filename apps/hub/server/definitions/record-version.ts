import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import { DefinitionVersion } from '@nexomatic/db/entities/definition-version';
import type { EntityManager } from '@nexomatic/db/query';
import { type Actor, systemActor } from '../auth/actor.ts';

export type VersionedId = Id<'action'> | Id<'eventType'>;

interface VersionedRow {
  tenantId: Id<'tenant'>;
  id: VersionedId;
  version: number;
}

/** Keeps what a save left, under the definition's own version number. Flush the definition first: that makes the number. */
export function recordVersion(em: EntityManager, row: VersionedRow, actor: Actor, body: object): void {
  em.persist(
    em.create(DefinitionVersion, {
      tenantId: row.tenantId,
      definitionId: row.id,
      version: row.version,
      body: Buffer.from(JSON.stringify(body)),
      authorId: actor.id,
      authorName: actor.name,
    }),
  );
}

/** Keeps what a definition was before its first save by the API, where whoever made it kept nothing. */
export async function recordStanding(em: EntityManager, row: VersionedRow, body: object): Promise<void> {
  const { id: definitionId, version } = row;
  if ((await em.count(DefinitionVersion, { definitionId, version })) === 0) recordVersion(em, row, systemActor, body);
}

const maxVersions = 200;

/** The saves of a definition, newest first. */
export async function listVersions<Body>(em: EntityManager, definitionId: VersionedId) {
  const options = { orderBy: { version: 'desc' as const }, limit: maxVersions };
  const rows = await em.find(DefinitionVersion, { definitionId }, options);
  return rows.map((row) => ({
    version: row.version,
    author: { id: row.authorId ?? null, name: row.authorName },
    createdAt: row.createdAt.toISOString(),
    body: bodyOf<Body>(row),
  }));
}

/** What a definition was at that version. */
export async function findVersion<Body>(em: EntityManager, definitionId: VersionedId, version: number): Promise<Body> {
  const row = await em.findOne(DefinitionVersion, { definitionId, version });
  if (!row) throw new NexomaticError('not_found', `There is no version ${version} of it.`);
  return bodyOf(row);
}

/** Written by `recordVersion` alone, from a body of the same kind of definition. */
const bodyOf = <Body>({ body }: DefinitionVersion): Body => JSON.parse(Buffer.from(body).toString('utf8')) as Body;
