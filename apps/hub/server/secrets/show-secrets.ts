import type { SecretSummary } from '@nexomatic/contracts/secret-api';
import { readGrants, type SecretGrants } from '@nexomatic/contracts/secret-grants';
import type { Secret } from '@nexomatic/db/entities/secret';
import { SecretValue } from '@nexomatic/db/entities/secret-value';
import { Sink } from '@nexomatic/db/entities/sink';
import type { EntityManager } from '@nexomatic/db/query';
import { knownGrants } from './check-grants.ts';
import { grantedSinks, isLost } from './end-to-end/granted-sinks.ts';
import { stateOf } from './secret-state.ts';
import { usersOf } from './secret-users.ts';

/** A secret as the API shows it: everything but its value. */
export async function showSecret(em: EntityManager, row: Secret, now: number): Promise<SecretSummary> {
  const [shown] = await showSecrets(em, [row], now);
  if (!shown) throw new Error('one secret was to be shown');
  return shown;
}

export async function showSecrets(em: EntityManager, rows: Secret[], now: number): Promise<SecretSummary[]> {
  const names = rows.map(({ name }) => name);
  const users = await usersOf(em, names);
  const known = await knownGrants(
    em,
    rows.map(({ grants }) => readGrants(grants)),
  );
  const sinks = await sinkNames(em, rows);
  const kept = await keptValues(em, rows, now);
  const granted = await grantedSinks(
    em,
    rows.flatMap(({ id, endToEnd }) => (endToEnd ? id : [])),
  );
  return rows.map((row) => {
    const holders = granted.get(row.id) ?? [];
    const earlier = kept.find(({ secretId, version }) => secretId === row.id && version !== row.valueVersion);
    return {
      id: row.id,
      ...secretBodyOf(row),
      grants: stillThere(readGrants(row.grants), known),
      state: stateOf(row, now, isLost(row, holders)),
      valueVersion: row.valueVersion,
      nextVersion: row.lastValueVersion + 1,
      valueSetAt: row.valueSetAt?.toISOString() ?? null,
      valueSetBy: row.valueSetBy ?? null,
      size: row.size ?? null,
      short: row.short,
      sinks: holders,
      rollBack: earlier?.keptUntil ? { version: earlier.version, until: earlier.keptUntil.toISOString() } : null,
      lastUsed: row.lastUsedAt
        ? {
            at: row.lastUsedAt.toISOString(),
            eventId: row.lastUsedEventId ?? null,
            sinkId: row.lastUsedSinkId ?? null,
            sinkName: sinks.get(row.lastUsedSinkId ?? '') ?? null,
          }
        : null,
      usedBy: users.get(row.name) ?? [],
      version: row.version,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  });
}

/** The part of a secret that a save changes and the audit log shows. */
export const secretBodyOf = ({ name, description, labels, expiresAt, grants, endToEnd }: Secret) => ({
  name,
  description,
  labels: labels ? (JSON.parse(labels) as Record<string, string>) : {},
  expiresAt: expiresAt ?? null,
  grants: readGrants(grants),
  endToEnd,
});

/** What was deleted is not shown, so that a form which is saved as it was read does not name it. */
const stillThere = ({ eventTypeIds, sinkTypeIds }: SecretGrants, known: Set<string>): SecretGrants => ({
  eventTypeIds: eventTypeIds?.filter((id) => known.has(id)) ?? null,
  sinkTypeIds: sinkTypeIds?.filter((id) => known.has(id)) ?? null,
});

async function sinkNames(em: EntityManager, rows: Secret[]): Promise<Map<string, string>> {
  const ids = rows.flatMap(({ lastUsedSinkId }) => lastUsedSinkId ?? []);
  if (ids.length === 0) return new Map();
  return new Map(
    (await em.find(Sink, { id: { $in: ids } }, { fields: ['id', 'name'] })).map(({ id, name }) => [id, name]),
  );
}

/** Values that can be taken back. */
function keptValues(em: EntityManager, rows: Secret[], now: number) {
  const secretId = { $in: rows.map(({ id }) => id) };
  return em.find(
    SecretValue,
    { secretId, box: { $ne: null }, keptUntil: { $gt: new Date(now) } },
    { fields: ['secretId', 'version', 'keptUntil'] },
  );
}
