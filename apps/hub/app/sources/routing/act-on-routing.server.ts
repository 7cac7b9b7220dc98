import { type Id, idSchema } from '@nexomatic/contracts/id';
import type { SourceSettings } from '@nexomatic/contracts/source-settings';
import { type AppLoadContext, data } from '@remix-run/server-runtime';
import { z } from 'zod';
import { redirectWithToast } from '../../components/toast/redirect-with-toast.server.ts';
import { hubTry } from '../../frame/hub-call.server.ts';
import { changeSettings, webhookOf } from '../save-settings.server.ts';
import type { RoutingReply } from './routing-form.tsx';

interface Sent {
  id: Id<'source'>;
  tenant: string;
  form: FormData;
}

/** What the editor holds. Its parts are judged by the hub, which names each that does not fit. */
const edited = z.string().transform((text, refusal) => {
  try {
    return z
      .object({
        routing: z.custom<SourceSettings['routing']>((value) => typeof value === 'object' && value !== null),
        eventTypeId: z.nullable(idSchema('eventType')),
      })
      .parse(JSON.parse(text));
  } catch {
    refusal.addIssue('not what the editor sends');
    return z.NEVER;
  }
});
const sentForm = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('save'),
    routing: edited,
    version: z.coerce.number(),
    saveOver: z.coerce.number().optional(),
  }),
  z.object({ intent: z.literal('try'), routing: edited, request: idSchema('receipt') }),
]);

/** Saves the routes, or tries them as they stand in the editor on a past request. */
export async function actOnRouting(context: AppLoadContext, { id, tenant, form }: Sent) {
  const sent = sentForm.parse(Object.fromEntries(form));
  const { routing, eventTypeId } = sent.routing;
  if (sent.intent === 'try') {
    const { settings } = await webhookOf(context, id);
    const { done, problem } = await hubTry(context, () =>
      context.caller.sources.tryRoutes({ id, settings: { ...settings, routing }, request: { id: sent.request } }),
    );
    return problem ? { problem } : { tried: done };
  }
  const { done, problem } = await changeSettings({
    context,
    id,
    version: sent.saveOver ?? sent.version,
    change: (settings) => ({ eventTypeId, settings: { ...settings, routing } }),
  });
  if (!problem) {
    const [warning] = done.warnings;
    return redirectWithToast(
      `/t/${tenant}/sources/${id}/routing`,
      `Routes saved${warning ? `; ${warning.message}` : ''}`,
    );
  }
  const theirs =
    problem.currentVersion === undefined ? null : await hubTry(context, () => context.caller.sources.get({ id }));
  const refused: RoutingReply = { problem, ...(theirs?.done ? { theirs: theirs.done } : {}) };
  return data({ refused }, { status: problem.status });
}
