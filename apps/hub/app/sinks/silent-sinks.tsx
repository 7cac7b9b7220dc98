import type { SinkTransitionShown } from '@nexomatic/contracts/sink-transition-api';
import { useParams } from '@remix-run/react';
import { Explain } from '../components/explain.tsx';
import { objectPath } from '../frame/objects.ts';
import { TimeText } from '../time/time-text.tsx';

/** What it takes to be told of as one that comes and goes. */
const unsteadyTimes = 3;

/** Sinks that fell silent, or come and go, as told by what happened a short while ago, newest first; nothing where all is well. */
export function SilentSinks({ transitions }: { transitions: readonly SinkTransitionShown[] }) {
  const { tenant = '' } = useParams();
  const seen = new Set<string>();
  const latest = transitions.filter(({ sink }) => !seen.has(sink.id) && Boolean(seen.add(sink.id)));
  const told = latest.filter(({ cause, times }) => cause === 'silent' || times >= unsteadyTimes);
  if (told.length === 0) return null;
  return (
    <section className="card attention" aria-label="Sinks that went away">
      {told.map((one) => (
        <Explain key={one.id} warning fix={{ word: 'Look at the sink', to: objectPath(tenant, one.sink.id) ?? '.' }}>
          {one.times >= unsteadyTimes
            ? `The sink ${one.sink.name} comes and goes: ${one.times} times, the last one`
            : `Nothing was heard of the sink ${one.sink.name} any more, though nobody had told it to stop:`}{' '}
          <TimeText at={one.lastAt} />.
        </Explain>
      ))}
    </section>
  );
}
