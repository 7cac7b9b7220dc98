import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { CreateSource, SavedSource, UpdateSource } from '@nexomatic/contracts/source-api';
import type { SourceSettings } from '@nexomatic/contracts/source-settings';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Source } from '@nexomatic/db/entities/source';
import type { EntityManager } from '@nexomatic/db/query';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps, expectVersion } from '../definitions/change-definition.ts';
import { apiSourceName } from '../events/api-source.ts';
import { schedulerSourceName } from '../schedules/scheduler-source.ts';
import { checkSettings } from './check-settings.ts';
import { expectOwn, findSource, type ShowDeps, showSaved, sourceAddress, sourceBodyOf } from './read-sources.ts';
import { newKey } from './source-key.ts';
import { sourceKindFacts } from './source-kinds.ts';

export type SourceDeps = DefinitionDeps & ShowDeps;

/** Makes a source. The address of a webhook is in the answer and nowhere else: only the hash of its key is kept. */
export function createSource(
  deps: SourceDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  input: CreateSource,
): Promise<SavedSource & { address: string | null }> {
  return changeDefinition(deps, tenantId, async (em) => {
    checkKind(input.kind);
    checkName(input.name);
    const key = input.kind === 'WEBHOOK' ? newKey() : null;
    const { settings, ...fields } = input;
    const row = em.create(Source, { tenantId, id: newId('source'), ...fields, ...key?.columns });
    await checkTarget(em, row);
    await setSettings(em, row, settings);
    await em.persist(row).flush();
    const object = { kind: 'source' as const, id: row.id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'source.created', object, before: null, after: sourceBodyOf(row) });
    await em.flush();
    await em.refresh(row);
    return { ...(await showSaved(deps, em, row)), address: key && sourceAddress(deps.env, key.text) };
  });
}

/** Makes a source what the input says. Its kind and its address stay, and its settings where the input has none. */
export function updateSource(
  deps: SourceDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, version, settings, ...fields }: UpdateSource,
): Promise<SavedSource> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await findSource(em, id);
    expectOwn(row);
    expectVersion(row, version);
    checkName(fields.name);
    const before = sourceBodyOf(row);
    em.assign(row, fields);
    await checkTarget(em, row);
    await setSettings(em, row, settings);
    const object = { kind: 'source' as const, id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'source.updated', object, before, after: sourceBodyOf(row) });
    await em.flush();
    await em.refresh(row);
    return showSaved(deps, em, row);
  });
}

function checkKind(kind: Source['kind']): void {
  const { unavailable } = sourceKindFacts[kind];
  if (unavailable === null) return;
  const errors = [{ path: 'kind', message: 'make a source of another kind' }];
  throw new NexomaticError('unprocessable', unavailable, { errors });
}

function checkName(name: string): void {
  if (name !== apiSourceName && name !== schedulerSourceName) return;
  const whom = name === apiSourceName ? 'API calls and people' : 'schedules';
  const errors = [{ path: 'name', message: `kept for ${whom}; choose another` }];
  throw new NexomaticError('unprocessable', `The name ${name} is kept for the hub.`, { errors });
}

async function setSettings(em: EntityManager, row: Source, settings: SourceSettings | undefined): Promise<void> {
  if (!settings) return;
  if (row.kind !== 'WEBHOOK') {
    const errors = [{ path: 'settings', message: 'only a WEBHOOK has these' }];
    throw new NexomaticError('unprocessable', `A source of kind ${row.kind} has no such settings.`, { errors });
  }
  await checkSettings(em, settings);
  em.assign(row, { settings: JSON.stringify(settings) });
}

/** Refuses an event type that is not here, and one of a source that has none. */
export async function checkTarget(em: EntityManager, { kind, eventTypeId }: Source): Promise<void> {
  if (!eventTypeId) return;
  if (kind !== 'WEBHOOK' && kind !== 'EVENT_GRID') {
    const errors = [
      { path: 'eventTypeId', message: 'a WEBHOOK or EVENT_GRID source has one; a program names it with each event' },
    ];
    throw new NexomaticError('unprocessable', `A source of kind ${kind} has no event type.`, { errors });
  }
  if ((await em.count(EventType, { id: eventTypeId })) > 0) return;
  const errors = [{ path: 'eventTypeId', message: 'no event type has this id' }];
  throw new NexomaticError('unprocessable', 'The source names an event type that is not here.', { errors });
}
