import type { Id } from '@nexomatic/contracts/id';
import type { AppLoadContext } from '@remix-run/server-runtime';
import { z } from 'zod';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { hubCall, hubTry } from '../frame/hub-call.server.ts';

const sentForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('enable') }),
  z.object({ intent: z.literal('disable') }),
  z.object({ intent: z.literal('delete') }),
  z.object({ intent: z.literal('restore'), version: z.coerce.number(), restore: z.coerce.number() }),
  z.object({ intent: z.literal('dry-run'), payload: z.string().default('') }),
  z.object({ intent: z.literal('fire'), payload: z.string().default(''), sink: z.string().default('') }),
]);

/** Does what a button of an event type's page asks for. What is refused is told on the page, with what was sent. */
export async function actOnEventType(
  context: AppLoadContext,
  { tenant, id, form }: { tenant: string; id: Id<'eventType'>; form: FormData },
) {
  const sent = sentForm.parse(Object.fromEntries(form));
  const { eventTypes, events } = context.caller;
  const page = `/t/${tenant}/event-types/${id}`;
  switch (sent.intent) {
    case 'enable':
    case 'disable': {
      const { problem } = await hubTry(context, () => eventTypes[sent.intent]({ id }));
      return problem ? { problem } : redirectWithToast(page, `Event type ${sent.intent}d`);
    }
    case 'delete': {
      const { problem } = await hubTry(context, () => eventTypes.delete({ id }));
      return problem ? { problem } : redirectWithToast(`/t/${tenant}/event-types`, 'Event type deleted');
    }
    case 'restore': {
      const { version, restore } = sent;
      const { done, problem } = await hubTry(context, () => eventTypes.restore({ id, version, restore }));
      return problem ? { problem } : redirectWithToast(`${page}?tab=history`, `Saved as version ${done.version}`);
    }
    case 'dry-run': {
      const { payload } = sent;
      const { done, problem } = await hubTry(context, () => eventTypes.dryRun({ id, ...payloadOf(payload) }));
      return problem ? { problem, payload } : { dry: done, payload };
    }
    case 'fire': {
      const { payload, sink } = sent;
      const { name } = await hubCall(context, () => eventTypes.get({ id }));
      const input = { type: name, ...payloadOf(payload), ...(sink === '' ? {} : { sink }) };
      const { done, problem } = await hubTry(context, () => events.fire(input));
      return problem ? { problem, payload } : redirectWithToast(`/t/${tenant}/events/${done.id}`, 'Event fired');
    }
    default:
      return sent satisfies never;
  }
}

/** The payload as text, byte for byte; an empty editor fires null. */
const payloadOf = (text: string) => (text.trim() === '' ? {} : { payloadJson: text });
