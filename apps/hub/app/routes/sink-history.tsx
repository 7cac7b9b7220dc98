import { sinkRef } from '@nexomatic/contracts/sink-api';
import { useLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { Pager } from '../components/table/pager.tsx';
import { listQuery } from '../definitions/list-query.server.ts';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { TransitionList } from '../sinks/transition-list.tsx';

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const { id: sinkId } = refOf(context, sinkRef, params);
  const { cursor } = listQuery(request);
  const page = { sinkId, limit: 50, ...(cursor ? { cursor } : {}) };
  return await hubCall(context, () => context.caller.sinks.transitions(page));
}

const words = { back: 'Newer', on: 'Older', start: 'Newest', rows: 'entries' };

export default function SinkHistory() {
  const { transitions, nextCursor } = useLoaderData<typeof loader>();
  return (
    <>
      <section className="card panel" aria-labelledby="history-title">
        <h2 id="history-title">When it came and went</h2>
        <TransitionList transitions={transitions} />
      </section>
      <Pager nextCursor={nextCursor} count={transitions.length} words={words} />
    </>
  );
}
