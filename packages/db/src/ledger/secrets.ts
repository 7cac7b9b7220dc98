import type { Id } from '@nexomatic/contracts/id';
import type { SqlRunner, SqlTransaction, SqlValue } from '../sql.ts';
import { bytes, idOf, repeat } from './rows.ts';

/** A secret as the event path needs it. */
export interface KnownSecret {
  id: Id<'secret'>;
  name: string;
  /** Of its value; 0 while it has none. */
  valueVersion: number;
  /** JSON of what it is granted to; null for everything. */
  grants: string | null;
  /** Its value is sealed to sinks alone. */
  endToEnd: boolean;
}

interface RawSecret {
  id: Uint8Array;
  name: string;
  value_version: number;
  grants: string | null;
  end_to_end: number;
}

const knownOf = (row: RawSecret): KnownSecret => ({
  id: idOf('secret', row.id),
  name: row.name,
  valueVersion: row.value_version,
  grants: row.grants,
  endToEnd: row.end_to_end === 1,
});

/** The secrets of those names; names that no secret of the tenant has are left out. Capitals count. */
export async function findSecretsByName(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  names: string[],
): Promise<KnownSecret[]> {
  const rows = await sql.query<RawSecret>(
    'SELECT id, name, value_version, grants, end_to_end FROM secrets WHERE tenant_id = ? AND name IN (?)',
    [bytes(tenantId), names],
  );
  return rows.map(knownOf);
}

/** The same with their present values, of which the hub has none where they are end-to-end; those without a value are left out. */
export async function findSecretsWithValues(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  names: string[],
): Promise<(KnownSecret & { sealed: SealedValue | null })[]> {
  if (names.length === 0) return [];
  const rows = await sql.query<RawSecret & (RawValue | { box: null })>(
    `SELECT s.id, s.name, s.value_version, s.grants, s.end_to_end, v.version, v.key_id, v.box FROM secrets s
       JOIN secret_values v ON v.tenant_id = s.tenant_id AND v.secret_id = s.id AND v.version = s.value_version
     WHERE s.tenant_id = ? AND s.name IN (?) AND (s.end_to_end OR v.box IS NOT NULL)`,
    [bytes(tenantId), names],
  );
  return rows.map((row) => ({ ...knownOf(row), sealed: row.box === null ? null : sealedOf(row) }));
}

/** A value as it is kept: sealed to a key of its tenant. */
export interface SealedValue {
  name: string;
  version: number;
  keyId: Id<'tenantKey'>;
  box: Uint8Array;
}

interface RawValue {
  name: string;
  version: number;
  key_id: Uint8Array;
  box: Uint8Array;
}

const sealedOf = ({ name, version, key_id, box }: RawValue): SealedValue => ({
  name,
  version,
  keyId: idOf('tenantKey', key_id),
  box,
});

/** All values that are kept of the secrets of these names: of each the present one, and for a while the one before. */
export async function findSealedValues(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  names: string[],
): Promise<SealedValue[]> {
  if (names.length === 0) return [];
  const rows = await sql.query<RawValue>(
    `SELECT s.name, v.version, v.key_id, v.box FROM secrets s
       JOIN secret_values v ON v.tenant_id = s.tenant_id AND v.secret_id = s.id
     WHERE s.tenant_id = ? AND s.name IN (?) AND v.box IS NOT NULL`,
    [bytes(tenantId), names],
  );
  return rows.map(sealedOf);
}

/** An attempt whose secrets a sink asks for. */
export interface ReleaseRef {
  eventId: Id<'event'>;
  attempt: number;
}

/** An attempt with what it was given at its claim. */
export interface ClaimedAttempt extends ReleaseRef {
  /** JSON bytes of its parameters; null where it names no secret. */
  parameters: Uint8Array | null;
  /** Its secrets were given out before. */
  released: boolean;
}

/** What the attempts of these events may be given; those with earlier numbers are among them. */
export async function findClaimed(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  eventIds: Id<'event'>[],
): Promise<ClaimedAttempt[]> {
  if (eventIds.length === 0) return [];
  // Parameters may be large, so they travel only where they can matter: a text that looks like a secret's costs its way.
  const rows = await sql.query<{
    event_id: Uint8Array;
    number: number;
    parameters: Uint8Array | null;
    released: number;
  }>(
    `SELECT a.event_id, a.number, r.attempt IS NOT NULL AS released,
       IF(LOCATE('"SECRET"', a.parameters) > 0, a.parameters, NULL) AS parameters
     FROM attempts a LEFT JOIN secret_releases r
       ON r.tenant_id = a.tenant_id AND r.event_id = a.event_id AND r.attempt = a.number
     WHERE a.tenant_id = ? AND a.event_id IN (?)`,
    [bytes(tenantId), eventIds.map(bytes)],
  );
  return rows.map((row) => ({
    eventId: idOf('event', row.event_id),
    attempt: row.number,
    parameters: row.parameters,
    released: row.released === 1,
  }));
}

/** The X25519 keys of those of these sinks that are let in; null for one that has none. */
export async function findBoxKeys(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  sinkIds: Id<'sink'>[],
): Promise<Map<Id<'sink'>, Uint8Array | null>> {
  const rows = await sql.query<{ id: Uint8Array; box_key: Uint8Array | null }>(
    `SELECT id, box_key FROM sinks WHERE tenant_id = ? AND id IN (?)
       AND (sign_key IS NOT NULL OR token_hash IS NOT NULL)`,
    [bytes(tenantId), sinkIds.map(bytes)],
  );
  return new Map(rows.map((row) => [idOf('sink', row.id), row.box_key]));
}

/**
 * A secret was given to that event's attempt on that sink now. It is no change of the secret, so `updated_at` stays; and it
 * is written after the release, because a row that all releases write would let them wait for each other.
 */
export async function writeSecretUse(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  use: { secretId: Id<'secret'>; eventId: Id<'event'>; sinkId: Id<'sink'> },
): Promise<void> {
  await sql.run(
    `UPDATE secrets SET last_used_at = NOW(3), last_used_event_id = ?, last_used_sink_id = ?, updated_at = updated_at
     WHERE tenant_id = ? AND id = ?`,
    [bytes(use.eventId), bytes(use.sinkId), bytes(tenantId), bytes(use.secretId)],
  );
}

/** Notes that these attempts were given their secrets; a second release of one of them fails. */
export function insertReleases(
  tx: SqlTransaction,
  tenantId: Id<'tenant'>,
  releases: (ReleaseRef & { sinkId: Id<'sink'> })[],
): void {
  if (releases.length === 0) return;
  tx.defer(
    `INSERT INTO secret_releases (tenant_id, event_id, attempt, sink_id, released_at)
     VALUES ${repeat('(?,?,?,?,NOW(3))', releases.length)}`,
    releases.flatMap((release): SqlValue[] => [
      bytes(tenantId),
      bytes(release.eventId),
      release.attempt,
      bytes(release.sinkId),
    ]),
  );
}
