import { parseWithZod } from '@conform-to/zod/v4';
import type { Id } from '@nexomatic/contracts/id';
import { sinkRuntimes } from '@nexomatic/contracts/sink-protocol';
import { type AppLoadContext, data } from '@remix-run/server-runtime';
import { z } from 'zod';
import { refuseForm } from '../components/form/form-reply.server.ts';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { hubTry } from '../frame/hub-call.server.ts';

const sinkTypeForm = z.object({
  name: z.string('Give it a name.'),
  runtime: z.enum(sinkRuntimes),
  description: z.string().default(''),
  version: z.number().optional(),
  saveOver: z.number().optional(),
});

interface Save {
  request: Request;
  context: AppLoadContext;
  tenant: string;
  /** The type that is edited; null makes one. */
  id: Id<'sinkType'> | null;
}

/** Saves what a form of a sink type sent. */
export async function saveSinkTypeForm({ request, context, tenant, id }: Save) {
  const submission = parseWithZod(await request.formData(), { schema: sinkTypeForm });
  if (submission.status !== 'success') return refuseForm(submission);
  const { version: begun, saveOver, ...input } = submission.value;
  const version = saveOver ?? begun;
  const { sinkTypes } = context.caller;
  const { done, problem } = await hubTry(context, () =>
    id && version !== undefined ? sinkTypes.update({ id, version, ...input }) : sinkTypes.create(input),
  );
  if (problem) {
    const refusal = refuseForm(submission, problem, Object.keys(sinkTypeForm.shape));
    if (!id || problem.currentVersion === undefined) return refusal;
    const { done: theirs } = await hubTry(context, () => sinkTypes.get({ id }));
    return data({ ...refusal.data, ...(theirs ? { theirs } : {}) }, refusal.init ?? {});
  }
  return redirectWithToast(`/t/${tenant}/sinks/types/${done.id}`, id ? 'Sink type saved' : 'Sink type made');
}
