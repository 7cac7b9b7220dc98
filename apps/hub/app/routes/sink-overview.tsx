import { systemClock } from '@nexomatic/clock';
import { sinkRef } from '@nexomatic/contracts/sink-api';
import { useLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { useSink } from '../sinks/sink-context.ts';
import { SinkOverview } from '../sinks/sink-overview.tsx';
import { uptimeOf } from '../sinks/uptime.ts';

const dayMs = 24 * 3_600_000;
/** More than a sink can do in a day: what it does within ten minutes is one. */
const mostInADay = 200;

export async function loader({ params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const { id } = refOf(context, sinkRef, params);
  const { sinks, events } = context.caller;
  const [{ name }, { transitions }] = await hubCall(context, () =>
    Promise.all([sinks.get({ id }), sinks.transitions({ sinkId: id, limit: mostInADay })]),
  );
  // Whoever may see sinks and no events sees the rest.
  const { done } = await hubTry(context, () => events.list({ sink: name, limit: 8 }));
  const now = systemClock.now();
  return { events: done?.events ?? [], uptime: uptimeOf(transitions, now - dayMs, now) };
}

export default function SinkOverviewPart() {
  const { events, uptime } = useLoaderData<typeof loader>();
  return <SinkOverview sink={useSink()} events={events} uptime={uptime} />;
}
