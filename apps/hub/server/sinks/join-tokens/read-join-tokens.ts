import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { JoinTokenDetail, JoinTokenSummary } from '@nexomatic/contracts/join-token-api';
import type { Database } from '@nexomatic/db/database';
import { JoinToken } from '@nexomatic/db/entities/join-token';
import { Sink } from '@nexomatic/db/entities/sink';
import { SinkType } from '@nexomatic/db/entities/sink-type';
import { User } from '@nexomatic/db/entities/user';
import type { EntityManager } from '@nexomatic/db/query';
import { labelsOf } from '../read-sinks.ts';

interface Deps {
  db: Database;
  clock: Clock;
}

/** How long a token that lets nobody in any more stays in the list. */
const rememberedMs = 24 * 3_600_000;
const mostJoined = 100;

/** A page of a tenant's join tokens, newest first. */
export async function listJoinTokens(
  { db, clock }: Deps,
  tenantId: Id<'tenant'>,
  { limit, cursor }: { limit: number; cursor?: Id<'joinToken'> | undefined },
) {
  const em = db.tenantEm(tenantId);
  const rows = await em.find(
    JoinToken,
    { expiresAt: { $gt: new Date(clock.now() - rememberedMs) }, ...(cursor ? { id: { $lt: cursor } } : {}) },
    { orderBy: { id: 'desc' }, limit: limit + 1 },
  );
  const page = rows.slice(0, limit);
  const nextCursor = rows.length > limit ? (page.at(-1)?.id ?? null) : null;
  return { tokens: await showJoinTokens(em, clock, page), nextCursor };
}

/** One join token, with the sinks that joined with it. */
export async function getJoinToken(
  { db, clock }: Deps,
  tenantId: Id<'tenant'>,
  id: Id<'joinToken'>,
): Promise<JoinTokenDetail> {
  const em = db.tenantEm(tenantId);
  const [shown] = await showJoinTokens(em, clock, [await findJoinToken(em, id)]);
  if (!shown) throw new Error('one join token was to be shown');
  const joined = await em.find(
    Sink,
    { joinTokenId: id },
    { fields: ['id', 'name'], orderBy: { id: 'asc' }, limit: mostJoined },
  );
  return { ...shown, joined: joined.map((sink) => ({ id: sink.id, name: sink.name })) };
}

/** The join token, or the refusal for one that this tenant does not have. */
export async function findJoinToken(em: EntityManager, id: Id<'joinToken'>): Promise<JoinToken> {
  const row = await em.findOne(JoinToken, { id });
  if (!row) throw new NexomaticError('not_found', `There is no join token ${id} here.`);
  return row;
}

/** Join tokens as people see them: everything but the token itself, which nobody can. */
export async function showJoinTokens(em: EntityManager, clock: Clock, rows: JoinToken[]): Promise<JoinTokenSummary[]> {
  const types = await em.find(SinkType, { id: { $in: rows.map(({ sinkTypeId }) => sinkTypeId) } });
  const makers = await em.find(User, { id: { $in: rows.flatMap(({ createdBy }) => createdBy ?? []) } });
  return rows.map((row) => {
    const type = types.find(({ id }) => id === row.sinkTypeId);
    if (!type) throw new Error(`join token ${row.id} is for no type`);
    const maker = makers.find(({ id }) => id === row.createdBy);
    return {
      id: row.id,
      hint: row.hint,
      state: stateOf(row, clock.now()),
      type: { id: type.id, name: type.name, runtime: type.runtime },
      name: row.name ?? null,
      labels: labelsOf(row),
      uses: row.uses,
      usesLeft: row.usesLeft,
      createdBy: maker ? { id: maker.id, name: maker.name || maker.email } : null,
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
    };
  });
}

/** The part that the audit log keeps. */
export const joinTokenBodyOf = ({ type, name, labels, uses, expiresAt }: JoinTokenSummary) => ({
  type: type.name,
  name,
  labels,
  uses,
  expiresAt,
});

function stateOf({ revokedAt, expiresAt, usesLeft }: JoinToken, now: number): JoinTokenSummary['state'] {
  if (revokedAt) return 'revoked';
  if (usesLeft === 0) return 'used';
  return expiresAt.getTime() <= now ? 'expired' : 'open';
}
