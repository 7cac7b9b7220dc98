import type { DryRun } from '@nexomatic/contracts/event-type-api';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Secret } from '@nexomatic/db/entities/secret';
import { resolveParameters } from '../attempts/resolve-parameters.ts';
import type { Definitions, ParameterDefinition } from '../definitions/definitions.ts';
import { findEventType } from './read-event-types.ts';

interface Deps {
  db: Database;
  definitions: Definitions;
}

/** Does with a payload what firing and claiming would do, up to where a module would start, and keeps nothing. */
export async function dryRun(
  { db, definitions }: Deps,
  tenantId: Id<'tenant'>,
  id: Id<'eventType'>,
  payloadText: string,
): Promise<DryRun> {
  const em = db.tenantEm(tenantId);
  await findEventType(em, id);
  const eventType = await definitions.eventType(tenantId, id);
  if (!eventType) throw new Error(`event type ${id} is there and is not`);
  const payload = Buffer.from(payloadText);
  const names = eventType.parameters.filter(({ kind }) => kind === 'SECRET').map(({ value }) => value);
  const secrets = new Set(
    (await em.find(Secret, { name: { $in: names } }, { fields: ['name'] })).map(({ name }) => name),
  );
  const { sinksOnline, sinkTypeName } = await definitions.queue(tenantId, eventType.sinkTypeId);
  const payloadErrors = eventType.payloadCheck?.(payload) ?? [];
  const parameters = eventType.parameters.map((parameter) => resolve(parameter, payload, secrets));
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
  secrets: Set<string>,
): DryRun['parameters'][number] {
  if (parameter.kind === 'SECRET') {
    const problem = secrets.has(parameter.value) ? null : `there is no secret named ${parameter.value}`;
    return { ...parameter, json: null, problem };
  }
  const resolution = resolveParameters([parameter], payload);
  if (resolution.kind === 'missing') return { ...parameter, json: null, problem: resolution.message };
  return { ...parameter, json: resolution.parameters[0]?.json ?? null, problem: null };
}
