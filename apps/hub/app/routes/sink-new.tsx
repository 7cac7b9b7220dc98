import { parseWithZod } from '@conform-to/zod/v4';
import { isId } from '@nexomatic/contracts/id-form';
import { type MetaFunction, useActionData, useLoaderData, useParams } from '@remix-run/react';
import {
  type ActionFunctionArgs,
  type AppLoadContext,
  type LoaderFunctionArgs,
  redirect,
} from '@remix-run/server-runtime';
import { EmptyState } from '../components/empty-state.tsx';
import { refuseForm } from '../components/form/form-reply.server.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { JoinSteps } from '../sinks/join-steps.tsx';
import { NewSinkForm } from '../sinks/new-sink-form.tsx';
import { newSinkForm } from '../sinks/new-sink-schema.server.ts';
import { TokenSteps } from '../sinks/token-steps.tsx';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Sinks', to: 'sinks' }, { word: 'Add sink' }] };
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Add sink');

/** Sinks that joined by one token and are shown while the page waits. */
const mostShown = 5;
const fieldNames = ['sinkTypeId', 'uses', 'name', 'labels'];

export async function loader({ request, context }: LoaderFunctionArgs) {
  requirePermission(context, 'sinks.write');
  const id = new URL(request.url).searchParams.get('token') ?? '';
  const { sinkTypes } = await hubCall(context, () => context.caller.sinkTypes.list({ limit: 200 }));
  return {
    types: sinkTypes.map(({ id: typeId, name, runtime }) => ({ id: typeId, name, runtime })),
    hubUrl: context.publicUrl,
    watched: isId('joinToken', id) ? await watch(context, id) : null,
  };
}

/** Who has joined by that token so far, and what could be fired at them. */
async function watch({ caller }: AppLoadContext, id: `jtk_${string}`) {
  const token = await caller.joinTokens.get({ id }).catch(() => null);
  if (!token) return null;
  const [{ eventTypes }, sinks] = await Promise.all([
    caller.eventTypes.list({ sinkTypeId: token.type.id, enabled: true, limit: 50 }),
    Promise.all(token.joined.slice(-mostShown).map((sink) => caller.sinks.get({ id: sink.id }).catch(() => null))),
  ]);
  return {
    token: { state: token.state, usesLeft: token.usesLeft },
    sinks: sinks.flatMap((sink) =>
      sink ? [{ id: sink.id, name: sink.name, status: sink.status, lastSeenAt: sink.lastSeenAt }] : [],
    ),
    eventTypes: eventTypes.map(({ name }) => name),
  };
}

/** Answers with the join token or the standing token itself: there is no address at which it could be read again. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const form = await request.formData();
  if (form.get('intent') === 'test') {
    const input = { type: String(form.get('type')), sink: String(form.get('sink')), payload: {} };
    const { done, problem } = await hubTry(context, () => context.caller.events.fire(input));
    return problem ? { testProblem: problem } : redirect(`/t/${params.tenant}/events/${done.id}`);
  }
  const submission = parseWithZod(form, { schema: newSinkForm });
  if (submission.status !== 'success') return refuseForm(submission);
  const { letInBy, uses, name = '', ...place } = submission.value;
  if (letInBy === 'token') {
    const { done, problem } = await hubTry(context, () => context.caller.sinks.create({ ...place, name }));
    return problem ? refuseForm(submission, problem, fieldNames) : { sink: done };
  }
  const joining = { ...place, uses, ...(name ? { name } : {}) };
  const { done, problem } = await hubTry(context, () => context.caller.joinTokens.create(joining));
  return problem ? refuseForm(submission, problem, fieldNames) : { made: done };
}

export default function NewSink() {
  const { types, hubUrl } = useLoaderData<typeof loader>();
  const { tenant = '' } = useParams();
  const reply = useActionData<typeof action>();
  const made = reply && 'made' in reply ? reply.made : undefined;
  const sink = reply && 'sink' in reply ? reply.sink : undefined;
  const asks = !made && !sink;
  return (
    <>
      <PageHeader title="Add sink" />
      {made ? <JoinSteps token={made} hubUrl={hubUrl} /> : null}
      {sink ? <TokenSteps sink={sink} hubUrl={hubUrl} /> : null}
      {!asks || types.length > 0 ? null : (
        <EmptyState title="There is no sink type yet">
          <p>A sink is of a type, which says what language its modules are written in.</p>
          <a href={`/t/${tenant}/sinks/types/new`} className="button-primary">
            Make a sink type
          </a>
        </EmptyState>
      )}
      {!asks || types.length === 0 ? null : (
        <NewSinkForm types={types} reply={reply && 'result' in reply ? reply : undefined} />
      )}
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
