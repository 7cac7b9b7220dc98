import type { DryRun } from '@nexomatic/contracts/event-type-api';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import type { Sql } from '@nexomatic/db/sql';
import { resolveParameters } from '../attempts/resolve-parameters.ts';
import type { Definitions, ParameterDefinition } from '../definitions/definitions.ts';
import { type SecretStanding, secretNames, secretStandings } from '../secrets/secret-standings.ts';
import { findEventType } from './read-event-types.ts';

interface Deps {
  db: Database;
  sql: Sql;
  definitions: Definitions;
}

/** Does with a payload what firing and claiming would do, up to where a module would start, and keeps nothing. */
export async function dryRun(
  { db, sql, definitions }: Deps,
  tenantId: Id<'tenant'>,
  id: Id<'eventType'>,
  payloadText: string,
): Promise<DryRun> {
  const em = db.tenantEm(tenantId);
  await findEventType(em, id);
  const eventType = await definitions.eventType(tenantId, id);
  if (!eventType) throw new Error(`event type ${id} is there and is not`);
  const payload = Buffer.from(payloadText);
  const standings = await secretStandings(sql, tenantId, secretNames(eventType.parameters));
  const standingOf = standings({ eventTypeId: id, sinkTypeId: eventType.sinkTypeId, sinkId: null });
  const { sinksOnline, sinkTypeName } = await definitions.queue(tenantId, eventType.sinkTypeId);
  const payloadErrors = eventType.payloadCheck?.(payload) ?? [];
  const parameters = eventType.parameters.map((parameter) => resolve(parameter, payload, standingOf));
  const problems = [
    ...(eventType.enabled ? [] : ['The event type is disabled, so it can not be fired.']),
    ...(sinksOnline > 0 ? [] : [`No sink of type ${sinkTypeName} is online, so the event would wait.`]),
  ];
  const ok = problems.length === 0 && payloadErrors.length === 0 && parameters.every(({ problem }) => problem === null);
  return { ok, problems, payloadErrors, parameters };
}

function resolve(
  parameter: ParameterDefinition,
  payload: Uint8Array,
  standingOf: (secret: string) => SecretStanding,
): DryRun['parameters'][number] {
  const resolution = resolveParameters([parameter], payload, standingOf);
  if (resolution.kind === 'missing') return { ...parameter, json: null, problem: resolution.message };
  const [resolved] = resolution.parameters;
  return { ...parameter, json: resolved?.kind === 'SECRET' ? null : (resolved?.json ?? null), problem: null };
}
