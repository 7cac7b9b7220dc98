import type { Reference } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { AppLoadContext } from '@remix-run/server-runtime';
import { hubTry } from '../../frame/hub-call.server.ts';

/**
 * The secrets whose value would be lost with a sink, because no other has it. Whoever may not see secrets is told none here: the
 * hub refuses what would lose one, with its name, unless that was confirmed.
 */
export async function lossesWith(context: AppLoadContext, sinkId: Id<'sink'>): Promise<Reference[]> {
  const { done } = await hubTry(context, () => context.caller.secrets.list({ endToEnd: true, limit: 200 }));
  return (done?.secrets ?? [])
    .filter(({ sinks }) => {
      const ready = sinks.filter(({ state }) => state === 'ready');
      return ready.length === 1 && ready[0]?.id === sinkId;
    })
    .map(({ id, name }) => ({ id, name, how: 'loses its value for good' }));
}
