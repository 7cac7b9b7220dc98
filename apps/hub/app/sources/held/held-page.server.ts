import type { Id } from '@nexomatic/contracts/id';
import type { AppLoadContext } from '@remix-run/server-runtime';
import { z } from 'zod';
import { redirectWithToast } from '../../components/toast/redirect-with-toast.server.ts';
import { hubCall, hubTry } from '../../frame/hub-call.server.ts';

const pageSize = 50;

/** What the edge holds of a source: figures, and a page of what could not be delivered. */
export async function readHeld(context: AppLoadContext, id: Id<'source'>, search: URLSearchParams) {
  const { buffer } = context.caller;
  const { edge, problem: why, sources } = await hubCall(context, () => buffer.overview({}));
  const held = sources.find(({ source }) => source.id === id) ?? null;
  const none = { edge, why, held, letters: [], nextCursor: null, open: null };
  if (!held || held.deadLetters === 0) return none;
  const cursor = search.get('cursor');
  const { done } = await hubTry(context, () =>
    buffer.deadLetters({ source: id, limit: pageSize, ...(cursor ? { cursor } : {}) }),
  );
  if (!done) return none;
  const open = done.deadLetters.find(({ ingestId }) => ingestId === search.get('letter')) ?? null;
  return { ...none, letters: done.deadLetters, nextCursor: done.nextCursor, open };
}

const sentForm = z.object({
  how: z.enum(['replay', 'discard']),
  letter: z.string().max(36).optional(),
});

/** Delivers dead letters once more, or throws them away: one, or all of the source. */
export async function settleHeld(
  context: AppLoadContext,
  { id, tenant, form }: { id: Id<'source'>; tenant: string; form: FormData },
) {
  const { how, letter } = sentForm.parse(Object.fromEntries(form));
  const { done, problem } = await hubTry(context, () =>
    context.caller.buffer.settle({ source: id, how, ...(letter === undefined ? {} : { ingestId: letter }) }),
  );
  if (problem) return { problem };
  const count = done.settled === 1 ? '1 request' : `${done.settled} requests`;
  const said = how === 'replay' ? `${count} put back in line` : `${count} thrown away`;
  return redirectWithToast(`/t/${tenant}/sources/${id}/held`, said);
}
