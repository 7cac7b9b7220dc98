import { getFormProps, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import type { EventDetail } from '@nexomatic/contracts/event-api';
import { isId } from '@nexomatic/contracts/id';
import { Form, Link, type MetaFunction, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import * as z from 'zod';
import { refuseForm } from '../components/form/form-reply.server.ts';
import { JsonField } from '../components/form/json-field.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, notFound } from '../frame/hub-call.server.ts';
import { requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { tidyJson } from '../json/tidy-json.ts';

export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, `Re-run ${data?.type ?? ''}`);
export const handle: CrumbHandle<{ type: string; id: string }> = {
  crumbs: (event) => [
    { word: 'Events', to: 'events' },
    { word: event?.type ?? 'Event', ...(event ? { to: `events/${event.id}` } : {}) },
    { word: 'Re-run' },
  ],
};

const schema = z.object({ payloadJson: z.string().default('') });

export async function loader({ params, context }: LoaderFunctionArgs) {
  requirePermission(context, 'events.manage');
  const { id = '' } = params;
  if (!isId('event', id)) throw notFound(context.requestId);
  const { type, state, finishedAt, payload } = await hubCall(context, () => context.caller.events.get({ id }));
  return { id, type, state, ended: finishedAt !== null, text: editable(payload) };
}

/** The payload for the editor. Bytes that are no text, or too many for a page, can only be run again as they are. */
const editable = ({ text, truncated }: EventDetail['payload']): string | null =>
  text === null || truncated ? null : tidyJson(text);

export async function action({ request, params, context }: ActionFunctionArgs) {
  requirePermission(context, 'events.manage');
  const { id = '', tenant } = params;
  if (!isId('event', id)) throw notFound(context.requestId);
  const submission = parseWithZod(await request.formData(), { schema });
  if (submission.status !== 'success') return refuseForm(submission);
  const { payload } = await hubCall(context, () => context.caller.events.get({ id }));
  const { payloadJson } = submission.value;
  // What nobody changed runs again byte for byte: the text in the editor is indented, its bytes are others.
  const changed = payloadJson !== '' && payloadJson !== editable(payload);
  const { done, problem } = await hubTry(context, () =>
    context.caller.events.rerun(changed ? { id, payloadJson } : { id }),
  );
  if (problem) return refuseForm(submission, problem, Object.keys(schema.shape));
  return redirectWithToast(`/t/${tenant}/events/${done.id}`, 'This is the re-run');
}

export default function RerunEvent() {
  const event = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const busy = useNavigation().formMethod !== undefined;
  const [form, fields] = useForm<z.input<typeof schema>>({
    id: `rerun-${event.id}`,
    lastResult: reply?.result,
    defaultValue: { payloadJson: event.text ?? '' },
    constraint: { payloadJson: { required: true } },
  });
  return (
    <>
      <PageHeader title={`Re-run ${event.type}`} />
      <Form method="post" className="form" {...getFormProps(form)}>
        <ProblemBanner problem={reply?.problem} />
        <p className="text-muted text-sm">
          A new event runs with today’s definitions; this one stays as it is, and each links to the other.
        </p>
        {event.text === null ? (
          <p className="text-sm">
            The payload is too large for a page, or no text: it is run again byte for byte and can not be edited here.
          </p>
        ) : (
          <JsonField field={fields.payloadJson} label="Payload" help="JSON, sent as it stands here." rows={14} />
        )}
        {event.ended ? null : <p className="text-sm">It has not ended yet, so it can not be run again.</p>}
        <div className="flex justify-end gap-2">
          <Link to=".." relative="path" className="button">
            Back to the event
          </Link>
          {/* biome-ignore lint/a11y/noAutofocus: r and then Enter run an event again */}
          <button type="submit" className="button-primary" autoFocus disabled={busy || !event.ended}>
            {busy ? 'Re-running…' : 'Re-run'}
          </button>
        </div>
      </Form>
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
