import type { EventSummary } from '@nexomatic/contracts/event-api';
import { Link } from '@remix-run/react';
import { StateIcon } from '../components/state-icon.tsx';
import { Duration } from '../time/duration.tsx';
import { formatDuration, instantMs } from '../time/format-time.ts';
import { useTicking } from '../time/now.ts';
import { type ChainAxis, chainAxis, chainBar, layChain } from './lay-chain.ts';

/** Deeper steps are not pushed further right: the words must stay readable. */
const maxIndent = 6;

/** The events that led here and that followed, each under the one that fired it, on one axis of time. */
export function ChainList({ events, currentId }: { events: readonly EventSummary[]; currentId: string }) {
  const open = events.some((event) => event.finishedAt === null);
  const now = useTicking((at) => at, open);
  const axis = chainAxis(events, now);
  return (
    <section className="card" aria-labelledby="chain-title">
      <div className="flex items-baseline justify-between gap-4 px-4 pt-3">
        <h2 id="chain-title" className="text-sm">
          Chain
        </h2>
        <span className="text-faint text-xs tabular-nums">{formatDuration(axis.to - axis.from)} in all</span>
      </div>
      <ol className="chain">
        {layChain(events).map(({ event, depth }) => (
          <li
            key={event.id}
            className={`chain-row state-${event.state}`}
            aria-current={event.id === currentId || undefined}
          >
            <span className="chain-name" data-depth={Math.min(depth, maxIndent)}>
              <StateIcon state={event.state} />
              <span className="sr-only">{event.state}</span>
              {event.id === currentId ? (
                <span className="truncate font-medium">{event.type}</span>
              ) : (
                <Link to={`../${event.id}`} relative="path" discover="none" className="chain-link">
                  {event.type}
                </Link>
              )}
              {event.edge ? <span className="edge">on {event.edge}</span> : null}
            </span>
            <Bar event={event} axis={axis} now={now} />
            <span className="chain-time">
              <Duration from={event.startedAt ?? event.createdAt} to={event.finishedAt} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Waiting, then running. Widths are SVG attributes, because the page's policy forbids style attributes. */
function Bar({ event, axis, now }: { event: EventSummary; axis: ChainAxis; now: number }) {
  const bar = chainBar(event, axis, now);
  return (
    <svg className="bar" width="100%" height="12" role="img" aria-label={sentence(event)}>
      <title>{sentence(event)}</title>
      <rect x="0" y="5.5" width="100%" height="1" className="bar-axis" />
      {bar.waitWidth > 0 ? (
        <rect x={`${bar.waitFrom}%`} y="4" width={`${bar.waitWidth}%`} height="4" rx="2" className="bar-wait" />
      ) : null}
      {bar.runWidth > 0 ? (
        <rect x={`${bar.runFrom}%`} y="1" width={`${bar.runWidth}%`} height="10" rx="2.5" className="bar-run" />
      ) : null}
    </svg>
  );
}

function sentence(event: EventSummary): string {
  const created = instantMs(event.createdAt);
  if (event.startedAt === null) return event.finishedAt === null ? 'waiting' : 'never started';
  const waited = `waited ${formatDuration(instantMs(event.startedAt) - created)}`;
  if (event.finishedAt === null) return `${waited}, running`;
  return `${waited}, ran ${formatDuration(instantMs(event.finishedAt) - instantMs(event.startedAt))}`;
}
