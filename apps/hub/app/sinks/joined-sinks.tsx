import type { CreatedJoinToken } from '@nexomatic/contracts/join-token-api';
import { Link, useFetcher, useParams } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { ChevronDown, CircleCheck, LoaderCircle } from '../components/icons.ts';
import { ProblemBanner } from '../components/problem-banner.tsx';
import type { action, loader } from '../routes/sink-new.tsx';
import { SinkStatus } from './sink-status.tsx';

/** How often is asked whether somebody has joined. */
const lookEveryMs = 1_500;

/** Waits for the machines that join by this token, and offers a test event to each that works. */
export function JoinedSinks({ token }: { token: CreatedJoinToken }) {
  const watched = useWatch(token);
  const sinks = watched?.sinks ?? [];
  const online = sinks.some(({ status }) => status === 'ONLINE');
  const ended = watched && watched.token.state !== 'open' && sinks.length === 0;
  return (
    <section className="card join-card" aria-labelledby="joined-title" data-done={online || undefined}>
      <h2 id="joined-title" className="flex items-center gap-2 text-lg">
        {online ? (
          <CircleCheck size={18} aria-hidden="true" className="text-success" />
        ) : (
          <LoaderCircle size={18} aria-hidden="true" className="state-icon-spin text-muted" />
        )}
        2. {online ? 'Connected' : 'Waiting for the machine'}
      </h2>
      <div role="status" className="flex flex-col gap-3">
        {sinks.length === 0 ? (
          <p className="text-muted text-sm">
            {ended
              ? `The line is ${watched.token.state}: nobody can join by it any more. Make a new one.`
              : 'It appears here by itself, as soon as the line has run.'}
          </p>
        ) : null}
        {sinks.map((sink) => (
          <JoinedSink key={sink.id} sink={sink} eventTypes={watched?.eventTypes ?? []} />
        ))}
      </div>
    </section>
  );
}

type Watched = NonNullable<Awaited<ReturnType<typeof loader>>['watched']>;

function useWatch(token: CreatedJoinToken): Watched | null {
  const { tenant = '' } = useParams();
  const fetcher = useFetcher<typeof loader>();
  const look = useRef<() => void>(() => undefined);
  look.current = () => {
    if (fetcher.state === 'idle') fetcher.load(`/t/${tenant}/sinks/new?token=${token.id}`);
  };
  useEffect(() => {
    const timer = setInterval(() => look.current(), lookEveryMs);
    return () => clearInterval(timer);
  }, []);
  return fetcher.data?.watched ?? null;
}

function JoinedSink({ sink, eventTypes }: { sink: Watched['sinks'][number]; eventTypes: readonly string[] }) {
  const { tenant = '' } = useParams();
  const [first] = eventTypes;
  const fetcher = useFetcher<typeof action>();
  const problem = fetcher.data && 'testProblem' in fetcher.data ? fetcher.data.testProblem : undefined;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Link to={`/t/${tenant}/sinks/${sink.id}`} className="link">
        {sink.name}
      </Link>
      <SinkStatus {...sink} />
      {sink.status === 'ONLINE' && first === undefined ? (
        <Link to={`/t/${tenant}/event-types/new`} className="button">
          Make an event type for it
        </Link>
      ) : null}
      {sink.status === 'ONLINE' && first !== undefined ? (
        <fetcher.Form method="post" className="flex flex-wrap items-center gap-2">
          <input type="hidden" name="intent" value="test" />
          <input type="hidden" name="sink" value={sink.name} />
          <label className="select">
            <span className="sr-only">Event type of the test event</span>
            <select name="type" defaultValue={first}>
              {eventTypes.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
            <ChevronDown size={14} aria-hidden="true" />
          </label>
          <button type="submit" className="button-primary" disabled={fetcher.state !== 'idle'}>
            Send a test event
          </button>
        </fetcher.Form>
      ) : null}
      <ProblemBanner problem={problem} />
    </div>
  );
}
