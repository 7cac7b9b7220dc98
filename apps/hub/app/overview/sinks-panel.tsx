import type { OverviewSink } from '@nexomatic/contracts/overview-api';
import { Link } from '@remix-run/react';
import { Badge } from '../components/badge.tsx';
import { objectPath } from '../frame/objects.ts';
import { TimeText } from '../time/time-text.tsx';
import { countOf } from './figures.ts';

const shown = 8;

/** The agents and how busy they are; those that are not online come first. */
export function SinksPanel({ sinks, tenant }: { sinks: readonly OverviewSink[]; tenant: string }) {
  const sorted = [...sinks].sort((a, b) => Number(a.status === 'ONLINE') - Number(b.status === 'ONLINE'));
  const hidden = sorted.length - shown;
  return (
    <section className="card digest" aria-label="Sinks">
      <header className="digest-head">
        <h2>Sinks</h2>
      </header>
      {sinks.length === 0 ? (
        <p className="digest-empty">There is no sink yet. Events wait until one is online.</p>
      ) : (
        <table className="digest-table">
          <thead>
            <tr>
              <th scope="col">Sink</th>
              <th scope="col">Status</th>
              <th scope="col">Busy</th>
              <th scope="col">Last seen</th>
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, shown).map((sink) => (
              <SinkRow key={sink.id} sink={sink} tenant={tenant} />
            ))}
          </tbody>
        </table>
      )}
      {hidden > 0 ? <p className="digest-more">and {countOf(hidden, 'more sink')}</p> : null}
    </section>
  );
}

function SinkRow({ sink, tenant }: { sink: OverviewSink; tenant: string }) {
  const { id, name, type, status, slots, busy, lastSeenAt } = sink;
  const to = objectPath(tenant, id);
  return (
    <tr>
      <th scope="row">
        {to === null ? name : <Link to={to}>{name}</Link>} <span className="digest-reason">{type}</span>
      </th>
      <td>
        <Badge tone={toneOf(sink)}>{wordOf(status)}</Badge>
      </td>
      <td className="tabular-nums">
        {busy} of {slots}
      </td>
      <td>{lastSeenAt === null ? 'never' : <TimeText at={lastSeenAt} />}</td>
    </tr>
  );
}

const wordOf = (status: string): string => status.toLowerCase().replaceAll('_', ' ');

function toneOf({ status, lastSeenAt }: OverviewSink): 'good' | 'bad' | 'warning' | 'neutral' {
  if (status === 'ONLINE') return 'good';
  if (status !== 'OFFLINE') return 'warning';
  return lastSeenAt === null ? 'neutral' : 'bad';
}
