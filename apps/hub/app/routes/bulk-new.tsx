import { bulkActions } from '@nexomatic/contracts/bulk-api';
import { parseEventQuery } from '@nexomatic/contracts/event-query';
import { type MetaFunction, useActionData, useLoaderData } from '@remix-run/react';
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';
import { BulkForm } from '../bulk/bulk-form.tsx';
import { actionWords } from '../bulk/bulk-words.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, notFound, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';

export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, data ? `${actionWords[data.action].verb} many events` : 'Bulk job');
export const handle: CrumbHandle = { crumbs: () => [{ word: 'Bulk jobs', to: 'bulk' }, { word: 'New' }] };

const actionOf = (text: unknown) => bulkActions.find((one) => one === text);

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireMember(context);
  const search = new URL(request.url).searchParams;
  const action = actionOf(search.get('action'));
  const query = search.get('q') ?? '';
  if (!action || !parseEventQuery(query).ok) throw notFound(context.requestId);
  const skipRerun = search.get('skipRerun') === 'on';
  const preview = await hubCall(context, () => context.caller.bulk.preview({ action, query, skipRerun }));
  return { action, query, skipRerun, preview };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const form = await request.formData();
  const action = actionOf(form.get('action'));
  if (!action) throw notFound(context.requestId);
  const text = (name: string): string => String(form.get(name) ?? '');
  const { done, problem } = await hubTry(context, () =>
    context.caller.bulk.create({
      action,
      query: text('q'),
      skipRerun: text('skipRerun') === 'on',
      name: text('name'),
      until: text('until'),
    }),
  );
  return problem ? { problem } : redirect(`/t/${params.tenant}/bulk/${done.id}`);
}

export default function NewBulkJob() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  return (
    <>
      <PageHeader title={`${actionWords[data.action].verb} many events`} />
      <BulkForm key={`${data.action} ${data.query} ${data.skipRerun}`} {...data} problem={reply?.problem} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
