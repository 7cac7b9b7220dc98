import type { EventState } from '@nexomatic/contracts/event-state';
import type { Id } from '@nexomatic/contracts/id';
import { useEffect, useRef, useState } from 'react';
import { ArrowDown } from '../components/icons.ts';
import { rememberStep } from '../overview/remember-step.ts';
import { instantMs } from '../time/format-time.ts';
import { useZone } from '../time/now.ts';
import { LogLineRow } from './log-line.tsx';
import { type LogSwitches, LogToolbar } from './log-toolbar.tsx';
import { isError } from './to-lines.ts';
import { useErrors } from './use-errors.ts';
import { useFollow } from './use-follow.ts';
import { type LogState, useLog } from './use-log.ts';

/** Plain lines up to here, so that the browser's own find and copy work; earlier ones come when asked for. */
const maxLines = 5_000;

interface LogViewProps {
  tenant: string;
  eventId: Id<'event'>;
  /** Undefined: the latest, or the first once there is one. */
  attempt: number | undefined;
  state: EventState;
  startedAt: string | null;
  downloadUrl: string | null;
}

/** An attempt's log while it is written and afterwards: structured records and output, merged. */
export function LogView({ tenant, eventId, attempt, state, startedAt, downloadUrl }: LogViewProps) {
  const log = useLog(tenant, eventId, attempt);
  const zone = useZone();
  useEffect(() => rememberStep('log'), []);
  const pane = useRef<HTMLElement>(null);
  const [switches, setSwitches] = useState<LogSwitches>({ records: true, output: true, wrap: true, relative: false });
  const [limit, setLimit] = useState(maxLines);
  const wanted = log.lines.filter((line) => (line.channel === 'record' ? switches.records : switches.output));
  const lines = wanted.slice(-limit);
  const { unseen, follow, stay } = useFollow(pane, lines.length, state === 'RUNNING' || state === 'QUEUED');
  const errors = lines.filter(isError);
  const { marked, nextError } = useErrors({
    pane,
    errors,
    complete: log.status === 'complete',
    failed: state === 'ERROR',
    stay,
  });

  return (
    <>
      <LogToolbar
        {...{ switches, setSwitches, downloadUrl, errors: errors.length, nextError, lines, status: log.status }}
      />
      <div className="relative">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls has to be reachable by keyboard */}
        <section ref={pane} className="log" data-wrap={switches.wrap} tabIndex={0} aria-label="Log lines">
          {wanted.length > lines.length ? (
            <button type="button" className="log-earlier" onClick={() => setLimit(limit + maxLines)}>
              Show {Math.min(maxLines, wanted.length - lines.length)} of {wanted.length - lines.length} earlier lines
            </button>
          ) : null}
          {lines.map((line) => (
            <LogLineRow
              key={line.number}
              line={line}
              zone={zone}
              marked={line.number === marked}
              since={switches.relative && startedAt !== null ? instantMs(startedAt) : null}
            />
          ))}
          {lines.length === 0 ? <p className="log-empty">{emptyText(log, state)}</p> : null}
        </section>
        {unseen > 0 ? (
          <button type="button" className="log-unseen" onClick={follow}>
            <ArrowDown size={14} aria-hidden="true" />
            {unseen} new
          </button>
        ) : null}
      </div>
    </>
  );
}

function emptyText(log: LogState, state: EventState): string {
  if (log.lines.length > 0) return 'Nothing of the kind that is switched on.';
  if (state === 'QUEUED') return 'Waiting for a sink. Lines appear here as soon as it starts.';
  if (log.status === 'complete')
    return log.attempt === 0 ? 'It never started, so there is no log.' : 'The module printed nothing.';
  if (log.status === 'interrupted') return 'The log can not be read just now; trying again.';
  return log.status === 'opening' ? 'Opening the log…' : 'Nothing printed yet.';
}
