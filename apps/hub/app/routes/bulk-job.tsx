import { isId } from '@nexomatic/contracts/id';
import { type MetaFunction, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { BulkProgress } from '../bulk/bulk-progress.tsx';
import { jobName } from '../bulk/bulk-words.ts';
import { usePolling } from '../bulk/use-polling.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, notFound, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { keepLast, useKeptLast } from '../live/keep-last.ts';

type Job = Awaited<ReturnType<typeof loader>>;

export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, data ? jobName(data) : 'Bulk job');
export const handle: CrumbHandle<Job> = {
  crumbs: (job) => [{ word: 'Bulk jobs', to: 'bulk' }, { word: job ? jobName(job) : 'Bulk job' }],
};

export async function loader({ params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const { id = '' } = params;
  if (!isId('bulkJob', id)) throw notFound(context.requestId);
  return await hubCall(context, () => context.caller.bulk.get({ id }));
}

/** Ends a job that still runs. */
export async function action({ params, context }: ActionFunctionArgs) {
  requireMember(context);
  const { id = '' } = params;
  if (!isId('bulkJob', id)) throw notFound(context.requestId);
  const { problem } = await hubTry(context, () => context.caller.bulk.abort({ id }));
  return problem ? { problem } : {};
}

export const clientLoader = keepLast<Job>();

export default function BulkJobPage() {
  const job = useLoaderData<typeof clientLoader>();
  useKeptLast(clientLoader, job);
  const { tenant = '' } = useParams();
  usePolling(job.state === 'RUNNING');
  return (
    <>
      <PageHeader title={jobName(job)} />
      <BulkProgress job={job} tenant={tenant} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
