import { getFormProps, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { type EventDetail, maxDelaySeconds } from '@nexomatic/contracts/event-api';
import { formatEventQuery } from '@nexomatic/contracts/event-query';
import { Form, Link, type MetaFunction, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import * as z from 'zod';
import { EmptyState } from '../components/empty-state.tsx';
import { refuseForm } from '../components/form/form-reply.server.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { textTerm } from '../events/edit-query.ts';
import { FireFields } from '../fire/fire-fields.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry } from '../frame/hub-call.server.ts';
import { requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { tidyJson } from '../json/tidy-json.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Fire an event');
export const handle: CrumbHandle = { crumbs: () => [{ word: 'Events', to: 'events' }, { word: 'Fire' }] };

const schema = z.object({
  type: z.string('choose an event type'),
  payloadJson: z.string().default('null'),
  sink: z.string().optional(),
  delaySeconds: z.coerce.number().int().min(0).max(maxDelaySeconds).default(0),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  requirePermission(context, 'events.fire');
  const { caller } = context;
  const asked = new URL(request.url).searchParams.get('type') ?? '';
  const [{ eventTypes }, { sinks }] = await hubCall(context, () =>
    Promise.all([caller.eventTypes.list({ limit: 200 }), caller.sinks.list({ limit: 200 })]),
  );
  const types = eventTypes.map(({ name, description, enabled }) => ({ name, description, enabled }));
  const type =
    types.find(({ name }) => name === asked)?.name ?? (types.length === 1 ? types[0]?.name : undefined) ?? '';
  const last = type === '' ? null : await hubCall(context, () => lastPayload());
  return {
    types,
    sinks: sinks.map(({ name }) => name),
    type,
    last,
    hubUrl: new URL(request.url).origin,
    longestDelay: maxDelaySeconds,
  };

  /** What this type was last fired with: the likeliest thing to be changed a little and sent again. */
  async function lastPayload(): Promise<{ text: string; at: string } | null> {
    const q = formatEventQuery({ terms: [textTerm('type', type)] });
    const [newest] = (await caller.events.list({ q, limit: 1 })).events;
    if (!newest) return null;
    const { payload } = await caller.events.get({ id: newest.id });
    const text = editable(payload);
    return text === null ? null : { text, at: newest.createdAt };
  }
}

const editable = ({ text, truncated }: EventDetail['payload']): string | null =>
  text === null || truncated ? null : tidyJson(text);

export async function action({ request, params, context }: ActionFunctionArgs) {
  requirePermission(context, 'events.fire');
  const submission = parseWithZod(await request.formData(), { schema });
  if (submission.status !== 'success') return refuseForm(submission);
  const { sink, ...fields } = submission.value;
  const { done, problem } = await hubTry(context, () =>
    context.caller.events.fire(sink ? { ...fields, sink } : fields),
  );
  if (problem) return refuseForm(submission, problem, Object.keys(schema.shape));
  return redirectWithToast(`/t/${params.tenant}/events/${done.id}`, 'Fired');
}

export default function FireEvent() {
  const { types, sinks, type, last, hubUrl, longestDelay } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const busy = useNavigation().formMethod !== undefined;
  const [form, fields] = useForm<z.input<typeof schema>>({
    // Another type is another form: it begins with that type's own last payload.
    id: `fire-${type}`,
    lastResult: reply?.result,
    defaultValue: { type, payloadJson: last?.text ?? '{}', delaySeconds: '0' },
    constraint: {
      type: { required: true },
      payloadJson: { required: true },
      delaySeconds: { min: 0, max: longestDelay },
    },
  });
  return (
    <>
      <PageHeader title="Fire an event" />
      {types.length === 0 ? (
        <div className="card">
          <EmptyState title="There is nothing to fire yet">
            An event type says what should run. Make one first.
          </EmptyState>
        </div>
      ) : (
        <Form method="post" className="form" {...getFormProps(form)}>
          <ProblemBanner problem={reply?.problem} />
          <FireFields
            fields={fields}
            types={types}
            sinks={sinks}
            current={type}
            lastAt={last?.at ?? null}
            hubUrl={hubUrl}
          />
          <div className="flex justify-end gap-2">
            <Link to=".." relative="path" className="button">
              Cancel
            </Link>
            <button type="submit" className="button-primary" disabled={busy}>
              {busy ? 'Firing…' : 'Fire'}
            </button>
          </div>
        </Form>
      )}
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
