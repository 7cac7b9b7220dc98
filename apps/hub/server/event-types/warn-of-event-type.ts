import type { ParameterInput, Warning } from '@nexomatic/contracts/definition-api';
import { maxChainDepth } from '@nexomatic/contracts/event-state';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Action } from '@nexomatic/db/entities/action';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Sink } from '@nexomatic/db/entities/sink';
import { SinkType } from '@nexomatic/db/entities/sink-type';
import type { EntityManager } from '@nexomatic/db/query';
import { type ChainNode, chainGraph, findLoop } from '../definitions/find-loop.ts';
import { parametersOf } from '../definitions/save-parameters.ts';
import { type SecretAsker, warnOfSecrets } from '../definitions/warn-of-parameters.ts';
import { hasPath, parsedPayloads } from './sample-payloads.ts';

/** What an event type is, or would be, as far as something may go wrong with it later. */
export interface DraftEventType {
  name?: string | undefined;
  sinkTypeId?: Id<'sinkType'> | undefined;
  actionId?: Id<'action'> | undefined;
  /** Where the action is not made yet, what would follow on it. */
  newAction?: { onSuccessId: Id<'eventType'> | null; onFailureId: Id<'eventType'> | null } | undefined;
  parameters: ParameterInput[];
}

interface Place {
  tenantId: Id<'tenant'>;
  /** Null while it is not made. */
  id: Id<'eventType'> | null;
}

/** What may go wrong later with an event type that is, or would be, as the draft says. */
export async function eventTypeWarnings(
  { sql }: Pick<Database, 'sql'>,
  em: EntityManager,
  place: Place,
  draft: DraftEventType,
): Promise<Warning[]> {
  return [
    ...(await warnOfSinks(em, draft)),
    ...(await warnOfChain(em, place, draft)),
    ...(await warnOfDraftSecrets(em, place, draft)),
    ...(await warnOfUnseenKeys(sql, place, draft)),
  ];
}

async function warnOfSinks(em: EntityManager, { sinkTypeId }: DraftEventType): Promise<Warning[]> {
  const sinkType = sinkTypeId && (await em.findOne(SinkType, { id: sinkTypeId }));
  if (!sinkType || (await em.count(Sink, { sinkTypeId: sinkType.id, status: 'ONLINE' })) > 0) return [];
  const message = `no sink of type ${sinkType.name} is online; its events will wait until one is`;
  return [{ code: 'no_sink_online', path: 'sinkTypeId', message }];
}

/** Secrets that it names itself, and those that its action names and it does not replace. */
async function warnOfDraftSecrets(
  em: EntityManager,
  { id }: Place,
  { parameters, actionId, sinkTypeId }: DraftEventType,
): Promise<Warning[]> {
  const askers: SecretAsker[] = sinkTypeId ? [{ eventTypeId: id, sinkTypeId, name: 'this event type' }] : [];
  const own = new Set(parameters.map(({ key }) => key));
  const ofAction = actionId ? ((await parametersOf(em, 'actionId', [actionId])).get(actionId) ?? []) : [];
  const left = ofAction.filter(({ key }) => !own.has(key));
  return [
    ...(await warnOfSecrets(em, parameters, askers)),
    ...(await warnOfSecrets(em, left, askers, () => 'actionId')),
  ];
}

/** What follows on it: event types that are disabled, and a way that leads back to it. */
async function warnOfChain(em: EntityManager, place: Place, draft: DraftEventType): Promise<Warning[]> {
  const action = draft.newAction ?? (draft.actionId && (await em.findOne(Action, { id: draft.actionId })));
  if (!action) return [];
  const path = draft.newAction ? 'newAction' : 'actionId';
  const targets = [action.onSuccessId, action.onFailureId].filter((id) => id != null);
  if (targets.length === 0) return [];
  const disabled = await em.find(EventType, { id: { $in: targets }, enabled: false }, { fields: ['id', 'name'] });
  const loop = place.id && findLoop(graphWith(await chainGraph(em), place.id, draft, action), place.id);
  return [
    ...disabled.map(({ id, name }): Warning => {
      const edge = id === action.onSuccessId ? 'success' : 'failure';
      const message = `${name}, which follows on ${edge}, is disabled; its events will wait until it is enabled`;
      return { code: 'target_disabled', path, message };
    }),
    ...(loop
      ? [{ code: 'chain_loop' as const, path, message: `the chain loops: ${loop.join(' → ')}; ${loopEnd}` }]
      : []),
  ];
}

const loopEnd = `it ends with an error after ${maxChainDepth} events`;

/** The tenant's graph as it would be after the save. */
function graphWith(
  graph: ChainNode[],
  id: Id<'eventType'>,
  { name, actionId }: DraftEventType,
  action: Pick<Action, 'onSuccessId' | 'onFailureId'>,
): ChainNode[] {
  return graph.map((node) => {
    if (node.id !== id) return node;
    const { onSuccessId = null, onFailureId = null } = action;
    return { ...node, name: name ?? node.name, actionId: actionId ?? node.actionId, onSuccessId, onFailureId };
  });
}

/** DATA parameters that none of the latest payloads has: most likely a slip of the pen. */
async function warnOfUnseenKeys(
  sql: Database['sql'],
  { tenantId, id }: Place,
  { parameters }: DraftEventType,
): Promise<Warning[]> {
  if (id === null || !parameters.some(({ kind, value }) => kind === 'DATA' && value !== '')) return [];
  const payloads = await parsedPayloads(sql, tenantId, id);
  if (payloads.length === 0) return [];
  return parameters.flatMap(({ kind, value }, i): Warning[] => {
    if (kind !== 'DATA' || value === '' || payloads.some(({ root }) => hasPath(root, value))) return [];
    const looked =
      payloads.length === 1
        ? 'the only payload so far does not have'
        : `none of the last ${payloads.length} payloads has`;
    return [{ code: 'data_key_unseen', path: `parameters[${i}].value`, message: `${looked} ${value}` }];
  });
}
