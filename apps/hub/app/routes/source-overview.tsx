import { sourceRef } from '@nexomatic/contracts/source-api';
import { useLoaderData, useParams } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { ProblemPage } from '../components/problem-page.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { useLiveRefresh } from '../live/use-live-refresh.ts';
import { useSource } from '../sources/source-context.ts';
import { SourceOverview } from '../sources/source-overview.tsx';

export async function loader({ params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const { events, requests, sources } = context.caller;
  const { id, name } = await hubCall(context, () => sources.get(refOf(context, sourceRef, params)));
  const [fired, came] = await Promise.all([
    hubTry(context, () => events.list({ source: name, limit: 6 })),
    hubTry(context, () => requests.list({ source: id, limit: 6 })),
  ]);
  return { events: fired.done?.events ?? [], requests: came.done?.requests ?? [] };
}

export default function Overview() {
  const { events, requests } = useLoaderData<typeof loader>();
  const { source, hubUrl } = useSource();
  useLiveRefresh(useParams().tenant ?? '');
  return <SourceOverview source={source} events={events} requests={requests} hubUrl={hubUrl} />;
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
