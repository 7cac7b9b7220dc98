import type { ParameterKind, SourceKind } from '@nexomatic/contracts/definition-api';
import { type Id, idFromBytes } from '@nexomatic/contracts/id';
import type { LogIndex } from '@nexomatic/contracts/log-index';
import type { SqlRunner } from '../sql.ts';
import { bytes, idOf, idOrNull } from './rows.ts';

/** Definitions as the event path needs them: flat, read by one statement each, and cached by the hub for moments. */

export interface SourceDefinition {
  tenantId: Id<'tenant'>;
  id: Id<'source'>;
  name: string;
  kind: SourceKind;
  enabled: boolean;
  /** Whether a body of an undeclared or general type is taken when it parses as JSON. */
  sniffJson: boolean;
  eventTypeId: Id<'eventType'> | null;
  /** JSON of its settings; null: as their schema defaults. */
  settings: string | null;
  /** The secrets that are accepted just now, newest first, wrapped by the keyring. */
  secrets: WrappedSecret[];
}

export interface WrappedSecret {
  id: Id<'sourceSecret'>;
  wrapped: Uint8Array;
  /** Accepted until then; null: without end. */
  retiresAt: Date | null;
}

export interface ParameterDefinition {
  key: string;
  kind: ParameterKind;
  origin: 'event_type' | 'action';
  value: string;
}

export interface EventTypeDefinition {
  tenantId: Id<'tenant'>;
  id: Id<'eventType'>;
  name: string;
  enabled: boolean;
  /** Kind of source that alone may fire it; null for any. */
  sourceKind: SourceKind | null;
  /** JSON Schema that payloads must pass. */
  payloadSchema: string | null;
  sinkTypeId: Id<'sinkType'>;
  sinkTypeName: string;
  actionId: Id<'action'>;
  module: string;
  onSuccessId: Id<'eventType'> | null;
  onFailureId: Id<'eventType'> | null;
  version: number;
  actionVersion: number;
  maxAttempts: number;
  backoffSeconds: number;
  timeoutSeconds: number;
  queueTtlSeconds: number;
  rerunWhenLost: boolean;
  /** Paths into the payload by whose values its events can be found. */
  searchKeys: string[];
  /** The action's and the event type's, the latter winning on the same key. */
  parameters: ParameterDefinition[];
}

export interface SinkDefinition {
  kind: 'sink';
  tenantId: Id<'tenant'>;
  sinkId: Id<'sink'>;
  name: string;
  sinkTypeId: Id<'sinkType'>;
}

/** A sink with what decides whether it is let in. */
export interface KnownSink {
  sink: SinkDefinition;
  /** Ed25519; null for one without keys. */
  signKey: Uint8Array | null;
  tenantName: string;
  suspended: boolean;
  /** It takes no work, by somebody's wish. */
  paused: boolean;
}

interface RawSource {
  tenant_id: Uint8Array;
  id: Uint8Array;
  name: string;
  kind: SourceKind;
  enabled: number;
  sniff_json: number;
  event_type_id: Uint8Array | null;
  settings: string | null;
}

/** The source whose address ends in the key with this SHA-256, whatever tenant it belongs to; none of a suspended one. */
export async function findSourceByKeyHash(sql: SqlRunner, keyHash: Uint8Array): Promise<SourceDefinition | null> {
  const [row] = await sql.query<RawSource>(
    `SELECT s.tenant_id, s.id, s.name, s.kind, s.enabled, s.sniff_json, s.event_type_id, s.settings
     FROM sources s JOIN tenants t ON t.id = s.tenant_id AND t.suspended_at IS NULL WHERE s.key_hash = ?`,
    [keyHash],
  );
  if (!row) return null;
  return {
    tenantId: idOf('tenant', row.tenant_id),
    id: idFromBytes('source', row.id),
    name: row.name,
    kind: row.kind,
    enabled: row.enabled === 1,
    sniffJson: row.sniff_json === 1,
    eventTypeId: idOrNull('eventType', row.event_type_id),
    settings: row.settings,
    secrets: await findLiveSecrets(sql, row),
  };
}

/** By the database's clock. Newest first: a sender is most likely to use the newest. */
async function findLiveSecrets(
  sql: SqlRunner,
  { tenant_id, id }: Pick<RawSource, 'tenant_id' | 'id'>,
): Promise<WrappedSecret[]> {
  const rows = await sql.query<{ id: Uint8Array; wrapped: Uint8Array; retires_at: Date | null }>(
    `SELECT id, wrapped, retires_at FROM source_secrets WHERE tenant_id = ? AND source_id = ? AND revoked_at IS NULL
       AND (retires_at IS NULL OR retires_at > NOW(3)) ORDER BY id DESC`,
    [tenant_id, id],
  );
  return rows.map((row) => ({
    id: idOf('sourceSecret', row.id),
    wrapped: row.wrapped,
    retiresAt: row.retires_at,
  }));
}

interface RawEventType {
  id: Uint8Array;
  name: string;
  enabled: number;
  source_kind: SourceKind | null;
  payload_schema: string | null;
  sink_type_id: Uint8Array;
  sink_type_name: string;
  action_id: Uint8Array;
  module: string;
  on_success_id: Uint8Array | null;
  on_failure_id: Uint8Array | null;
  version: number;
  action_version: number;
  max_attempts: number;
  backoff_seconds: number;
  timeout_seconds: number;
  queue_ttl_seconds: number;
  rerun_when_lost: number;
  search_keys: string;
}

/** One event type with all that running it needs, by id or by name. */
export async function findEventType(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  by: { id: Id<'eventType'> } | { name: string },
): Promise<EventTypeDefinition | null> {
  const [row] = await sql.query<RawEventType>(
    `SELECT t.id, t.name, t.enabled, t.source_kind, t.payload_schema, t.sink_type_id, s.name AS sink_type_name,
       t.action_id, a.module, a.on_success_id, a.on_failure_id, t.version, a.version AS action_version, t.max_attempts,
       t.backoff_seconds, t.timeout_seconds, t.queue_ttl_seconds, t.rerun_when_lost, t.search_keys
     FROM event_types t
       JOIN actions a ON a.tenant_id = t.tenant_id AND a.id = t.action_id
       JOIN sink_types s ON s.tenant_id = t.tenant_id AND s.id = t.sink_type_id
     WHERE t.tenant_id = ? AND ${'id' in by ? 't.id = ?' : 't.name = ?'}`,
    [bytes(tenantId), 'id' in by ? bytes(by.id) : by.name],
  );
  if (!row) return null;
  return {
    tenantId,
    id: idOf('eventType', row.id),
    name: row.name,
    enabled: row.enabled === 1,
    sourceKind: row.source_kind,
    payloadSchema: row.payload_schema,
    sinkTypeId: idOf('sinkType', row.sink_type_id),
    sinkTypeName: row.sink_type_name,
    actionId: idOf('action', row.action_id),
    module: row.module,
    onSuccessId: idOrNull('eventType', row.on_success_id),
    onFailureId: idOrNull('eventType', row.on_failure_id),
    version: row.version,
    actionVersion: row.action_version,
    maxAttempts: row.max_attempts,
    backoffSeconds: row.backoff_seconds,
    timeoutSeconds: row.timeout_seconds,
    queueTtlSeconds: row.queue_ttl_seconds,
    rerunWhenLost: row.rerun_when_lost === 1,
    searchKeys: JSON.parse(row.search_keys) as string[],
    parameters: await findParameters(sql, tenantId, row.id, row.action_id),
  };
}

async function findParameters(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  eventTypeId: Uint8Array,
  actionId: Uint8Array,
): Promise<ParameterDefinition[]> {
  const rows = await sql.query<{ key: string; kind: ParameterKind; value: string; action_id: Uint8Array | null }>(
    `SELECT \`key\`, kind, value, action_id FROM parameters
     WHERE tenant_id = ? AND (event_type_id = ? OR action_id = ?) ORDER BY action_id IS NULL, \`key\``,
    [bytes(tenantId), eventTypeId, actionId],
  );
  // The action's come first, so that the event type's replace them.
  const byKey = new Map<string, ParameterDefinition>();
  for (const { key, kind, value, action_id } of rows) {
    byKey.set(key, { key, kind, value, origin: action_id ? 'action' : 'event_type' });
  }
  return [...byKey.values()];
}

/** What dispatching to the sinks of a type needs to know. */
export interface QueueDefinition {
  sinkTypeName: string;
  sinksOnline: number;
  /** Of those online the fewest events that one runs at once; 0 when none is. */
  fewestSlots: number;
}

export async function findQueue(sql: SqlRunner, tenantId: Id<'tenant'>, id: Id<'sinkType'>): Promise<QueueDefinition> {
  const [row] = await sql.query<{ name: string; online: number; slots: number }>(
    `SELECT t.name, COUNT(s.id) AS online, COALESCE(MIN(s.slots), 0) AS slots
     FROM sink_types t LEFT JOIN sinks s ON s.tenant_id = t.tenant_id AND s.sink_type_id = t.id AND s.status = 'ONLINE'
     WHERE t.tenant_id = ? AND t.id = ? GROUP BY t.id, t.name`,
    [bytes(tenantId), bytes(id)],
  );
  // A type is deleted only when nothing waits for it; should it happen, its id keeps the queue apart from all others.
  return { sinkTypeName: row?.name ?? id, sinksOnline: Number(row?.online ?? 0), fewestSlots: Number(row?.slots ?? 0) };
}

const selectSink = `SELECT s.tenant_id, s.id, s.name, s.sink_type_id, s.sign_key, t.name AS tenant_name,
    t.suspended_at IS NOT NULL AS suspended, s.paused_at IS NOT NULL AS paused FROM sinks s JOIN tenants t ON t.id = s.tenant_id`;

/** The sink whose token has this SHA-256, whatever tenant it belongs to. */
export async function findSinkByTokenHash(sql: SqlRunner, tokenHash: Uint8Array): Promise<KnownSink | null> {
  const [row] = await sql.query<RawSink>(`${selectSink} WHERE s.token_hash = ?`, [tokenHash]);
  return row ? knownSinkOf(row) : null;
}

/** The sink of that id. */
export async function findSinkById(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  sinkId: Id<'sink'>,
): Promise<KnownSink | null> {
  const [row] = await sql.query<RawSink>(`${selectSink} WHERE s.tenant_id = ? AND s.id = ?`, [
    bytes(tenantId),
    bytes(sinkId),
  ]);
  return row ? knownSinkOf(row) : null;
}

function knownSinkOf(row: RawSink): KnownSink {
  const sink: SinkDefinition = {
    kind: 'sink',
    tenantId: idOf('tenant', row.tenant_id),
    sinkId: idOf('sink', row.id),
    name: row.name,
    sinkTypeId: idOf('sinkType', row.sink_type_id),
  };
  const { sign_key: signKey, tenant_name: tenantName } = row;
  return { sink, signKey, tenantName, suspended: row.suspended === 1, paused: row.paused === 1 };
}

interface RawSink {
  tenant_id: Uint8Array;
  id: Uint8Array;
  name: string;
  sink_type_id: Uint8Array;
  sign_key: Uint8Array | null;
  tenant_name: string;
  suspended: number;
  paused: number;
}

/** Which lines of a tenant's logs the search is to find. */
export async function findLogIndex(sql: SqlRunner, tenantId: Id<'tenant'>): Promise<LogIndex> {
  const [row] = await sql.query<{ log_index: LogIndex }>('SELECT log_index FROM tenants WHERE id = ?', [
    bytes(tenantId),
  ]);
  return row?.log_index ?? 'all';
}
