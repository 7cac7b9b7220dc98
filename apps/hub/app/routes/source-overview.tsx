import { sourceRef } from '@nexomatic/contracts/source-api';
import { useLoaderData, useParams } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { ProblemPage } from '../components/problem-page.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { useLiveRefresh } from '../live/use-live-refresh.ts';
import { eventGridOf } from '../sources/event-grid/event-grid-of.server.ts';
import { EventGridPanel } from '../sources/event-grid/event-grid-panel.tsx';
import { useSource } from '../sources/source-context.ts';
import { SourceOverview } from '../sources/source-overview.tsx';

export async function loader({ params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const { events, requests, sources } = context.caller;
  const { id, name, kind } = await hubCall(context, () => sources.get(refOf(context, sourceRef, params)));
  const [fired, came, eventGrid] = await Promise.all([
    hubTry(context, () => events.list({ source: name, limit: 6 })),
    hubTry(context, () => requests.list({ source: id, limit: 6 })),
    eventGridOf(context, { id, kind }),
  ]);
  return { events: fired.done?.events ?? [], requests: came.done?.requests ?? [], eventGrid };
}

export default function Overview() {
  const { events, requests, eventGrid } = useLoaderData<typeof loader>();
  const { source, hubUrl } = useSource();
  useLiveRefresh(useParams().tenant ?? '');
  return (
    <SourceOverview source={source} events={events} requests={requests} hubUrl={hubUrl}>
      {eventGrid ? <EventGridPanel sourceId={source.id} status={eventGrid} /> : null}
    </SourceOverview>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
