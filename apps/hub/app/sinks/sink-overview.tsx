import type { EventSummary } from '@nexomatic/contracts/event-api';
import type { SinkDetail } from '@nexomatic/contracts/sink-api';
import type { IsolationProfile } from '@nexomatic/contracts/sink-protocol';
import { Link, useParams } from '@remix-run/react';
import type { ReactNode } from 'react';
import { Badge } from '../components/badge.tsx';
import { Explain } from '../components/explain.tsx';
import { TriangleAlert } from '../components/icons.ts';
import { KeyValue } from '../components/key-value.tsx';
import { LatestEvents } from '../definitions/latest-events.tsx';
import { objectPath } from '../frame/objects.ts';
import { KeyPrint } from '../secrets/end-to-end/key-print.tsx';
import { Duration } from '../time/duration.tsx';
import { formatDuration } from '../time/format-time.ts';
import { TimeText } from '../time/time-text.tsx';
import { Labels } from './labels.tsx';
import { SinkModules } from './sink-modules.tsx';
import { countWord, Slots } from './slots.tsx';
import type { Uptime } from './uptime.ts';
import { UptimeStrip } from './uptime-strip.tsx';

/** What a sink is, what it does now, and what it did last. */
export function SinkOverview(props: { sink: SinkDetail; events: readonly EventSummary[]; uptime: Uptime }) {
  const { sink, events, uptime } = props;
  const { tenant = '' } = useParams();
  const query = (text: string) => `/t/${tenant}/events?q=${encodeURIComponent(text)}`;
  return (
    <>
      <SinkFacts sink={sink} />
      <section className="card panel" aria-labelledby="uptime-title">
        <h2 id="uptime-title">Last day</h2>
        <UptimeStrip uptime={uptime} />
      </section>
      {sink.status !== 'ONLINE' && sink.waiting > 0 ? (
        <Explain warning fix={{ word: 'See what waits', to: query('state:queued') }}>
          {countWord(sink.waiting)} {sink.waiting === 1 ? 'event waits' : 'events wait'} for a sink of type{' '}
          {sink.type.name}.
        </Explain>
      ) : null}
      <div className="columns">
        <section className="card panel" aria-labelledby="events-title">
          <h2 id="events-title">Latest events</h2>
          <LatestEvents events={events} all={query(`sink:${sink.name}`)} none="It has not run any event yet." />
        </section>
        <section className="card panel" aria-labelledby="running-title">
          <h2 id="running-title">Running now</h2>
          <RunningNow sink={sink} />
        </section>
        <section className="card panel" aria-labelledby="modules-title">
          <h2 id="modules-title">Modules</h2>
          <SinkModules inventory={sink.inventory} />
        </section>
      </div>
    </>
  );
}

/** What it says of its load; nothing where it is silent. */
function capacityOf({ presence }: SinkDetail): { name: string; value: ReactNode }[] {
  if (!presence) return [];
  const { machine, spool, isolation, clockSkewMs } = presence;
  const percent = (part: number): string => `${Math.round(part * 100)} %`;
  return [
    ...(machine
      ? [{ name: 'Load', value: `processor ${percent(machine.cpu)}, memory ${percent(machine.memory)}` }]
      : []),
    ...(spool && spool.bytes > 0
      ? [
          {
            name: 'Waits on its disk',
            value: `${Math.ceil(spool.bytes / 1024)} kB${spool.full ? ', and it is full' : ''}`,
          },
        ]
      : []),
    ...(isolation ? [{ name: 'Isolation', value: isolationWords[isolation] }] : []),
    ...(clockSkewMs !== null && Math.abs(clockSkewMs) > skewShownMs
      ? [
          {
            name: 'Clock',
            value: (
              <Badge tone="warning" icon={<TriangleAlert size={14} aria-hidden="true" />}>
                {formatDuration(Math.abs(clockSkewMs))} {clockSkewMs > 0 ? 'ahead' : 'behind'}
              </Badge>
            ),
          },
        ]
      : []),
  ];
}

const isolationWords: Record<IsolationProfile, string> = {
  none: 'none: modules see the processes and files of their account',
  namespace: 'namespace: modules see no other process',
  bubblewrap: 'bubblewrap: modules see no other process, and write nowhere but in their own folder',
};

/** What a network makes of a clock that is right. */
const skewShownMs = 2_000;

const credentialWords: Record<SinkDetail['credential'], string> = {
  keys: 'keys of its own',
  token: 'a standing token',
  revoked: 'nothing any more: revoked',
};

function SinkFacts({ sink }: { sink: SinkDetail }) {
  const { tenant = '' } = useParams();
  const { type, hostname, platform, version, runtimeVersion, lastSeenAt, transport, credential, sealKey, labels } =
    sink;
  const unknown = <span className="text-faint">unknown</span>;
  return (
    <KeyValue
      items={[
        {
          name: 'Type',
          value: (
            <Link to={objectPath(tenant, type.id) ?? '.'} className="link">
              {type.name}
            </Link>
          ),
        },
        { name: 'Host', value: [hostname, platform].filter(Boolean).join(' · ') || unknown },
        { name: 'Agent', value: version ?? unknown },
        { name: 'Reached by', value: transport ?? unknown },
        { name: 'Let in by', value: credentialWords[credential] },
        sealKey ? { name: 'Fingerprint of its key', value: <KeyPrint sealKey={sealKey} /> } : null,
        { name: 'Labels', value: <Labels labels={labels} /> },
        { name: 'Runtime', value: [type.runtime, runtimeVersion].filter(Boolean).join(' ') },
        { name: 'Busy', value: <Slots running={sink.running} slots={sink.slots} /> },
        ...capacityOf(sink),
        { name: 'Waiting for its type', value: countWord(sink.waiting) },
        {
          name: 'Last seen',
          value: lastSeenAt ? <TimeText at={lastSeenAt} /> : <span className="text-faint">never</span>,
        },
      ]}
    />
  );
}

function RunningNow({ sink: { runningEvents, running } }: { sink: SinkDetail }) {
  const { tenant = '' } = useParams();
  if (runningEvents.length === 0) return <p className="text-muted text-sm">Nothing.</p>;
  return (
    <>
      <ul className="short-list">
        {runningEvents.map(({ id, type, startedAt }) => (
          <li key={id}>
            <Link to={`/t/${tenant}/events/${id}`} className="link min-w-0 truncate">
              {type}
            </Link>
            <span className="ml-auto text-muted tabular-nums">
              <Duration from={startedAt} to={null} />
            </span>
          </li>
        ))}
      </ul>
      {running > runningEvents.length ? (
        <p className="mt-2 text-muted text-sm">And {running - runningEvents.length} more.</p>
      ) : null}
    </>
  );
}
