import { type SinkCommand, sinkCommands } from '@nexomatic/contracts/signal-api';
import { sinkRef } from '@nexomatic/contracts/sink-api';
import { useLoaderData } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { Pager } from '../components/table/pager.tsx';
import { listQuery } from '../definitions/list-query.server.ts';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { useMay } from '../frame/use-may.ts';
import { ControlPanel } from '../sinks/control/control-panel.tsx';
import { SignalList } from '../sinks/control/signal-list.tsx';
import { useSink } from '../sinks/sink-context.ts';

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const { id } = refOf(context, sinkRef, params);
  const { cursor } = listQuery(request);
  const page = { id, limit: 20, ...(cursor ? { cursor } : {}) };
  return await hubCall(context, () => context.caller.sinks.signals(page));
}

/** Takes `kind`, the signal to send. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const { id } = refOf(context, sinkRef, params);
  const asked = (await request.formData()).get('kind');
  // What is none is refused by the hub, with its own words.
  const kind = sinkCommands.find((one) => one === asked) ?? (String(asked) as SinkCommand);
  const { problem } = await hubTry(context, () => context.caller.sinks.signal({ id, kind }));
  return problem ? { problem } : {};
}

const words = { back: 'Newer', on: 'Older', start: 'Newest', rows: 'signals' };

export default function SinkControl() {
  const { signals, nextCursor } = useLoaderData<typeof loader>();
  const sink = useSink();
  const may = useMay();
  return (
    <>
      {may('sinks.write') ? <ControlPanel sink={sink} /> : null}
      <section className="card panel" aria-labelledby="signals-title">
        <h2 id="signals-title">What it was told</h2>
        <SignalList signals={signals} />
      </section>
      <Pager nextCursor={nextCursor} count={signals.length} words={words} />
    </>
  );
}
