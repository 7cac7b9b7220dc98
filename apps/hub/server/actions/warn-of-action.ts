import type { ActionBody, CheckAction } from '@nexomatic/contracts/action-api';
import type { Warning } from '@nexomatic/contracts/definition-api';
import { maxChainDepth } from '@nexomatic/contracts/event-state';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { EventType } from '@nexomatic/db/entities/event-type';
import type { EntityManager } from '@nexomatic/db/query';
import { chainGraph, findLoop } from '../definitions/find-loop.ts';
import { type SecretAsker, warnOfSecrets } from '../definitions/warn-of-parameters.ts';
import { findAction } from './read-actions.ts';

/** What may go wrong later with an action, asked before it is saved. */
export async function checkAction(
  { db }: { db: Database },
  tenantId: Id<'tenant'>,
  { id, ...body }: CheckAction,
): Promise<{ warnings: Warning[] }> {
  const em = db.tenantEm(tenantId);
  if (id) await findAction(em, id);
  return { warnings: await actionWarnings(em, id ?? null, body) };
}

/** What may go wrong later with an action that is, or would be, as `body` says. */
export async function actionWarnings(em: EntityManager, id: Id<'action'> | null, body: ActionBody): Promise<Warning[]> {
  return [...(await warnOfLoops(em, id, body)), ...(await warnOfSecrets(em, body.parameters, await askersOf(em, id)))];
}

/** The event types that run it. */
async function askersOf(em: EntityManager, id: Id<'action'> | null): Promise<SecretAsker[]> {
  if (id === null) return [];
  const rows = await em.find(EventType, { actionId: id }, { orderBy: { name: 'asc' } });
  return rows.map((row) => ({ eventTypeId: row.id, sinkTypeId: row.sinkTypeId, name: row.name }));
}

/** A chain that comes back to an event type which runs this action goes on until the limit of its length. */
async function warnOfLoops(em: EntityManager, id: Id<'action'> | null, body: ActionBody): Promise<Warning[]> {
  const { onSuccessId, onFailureId } = body;
  if (id === null || (!onSuccessId && !onFailureId)) return [];
  const graph = (await chainGraph(em)).map((node) =>
    node.actionId === id ? { ...node, onSuccessId, onFailureId } : node,
  );
  return graph.flatMap((node): Warning[] => {
    const loop = node.actionId === id ? findLoop(graph, node.id) : null;
    if (!loop) return [];
    const message = `the chain loops: ${loop.join(' → ')}; it ends with an error after ${maxChainDepth} events`;
    return [{ code: 'chain_loop', path: onSuccessId ? 'onSuccessId' : 'onFailureId', message }];
  });
}
