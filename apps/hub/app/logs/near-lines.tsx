import type { FoundRecord, NearLine } from '@nexomatic/contracts/log-search-api';
import { useFetcher } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { Badge } from '../components/badge.tsx';
import { Archive } from '../components/icons.ts';
import type { loader } from '../routes/logs-around.ts';
import { formatClock, instantMs } from '../time/format-time.ts';
import { useZone } from '../time/now.ts';
import { recordId } from './logs-address.ts';

/** The lines of the log around a record, as they were written. */
export function NearLines({ tenant, record }: { tenant: string; record: FoundRecord }) {
  const { load, data } = useFetcher<typeof loader>({ key: 'logs-around' });
  const id = recordId(record);
  const href = `/t/${tenant}/logs/around?at=${id}`;
  useEffect(() => {
    load(href);
  }, [load, href]);
  const answer = data?.id === id ? data : null;
  return (
    <section className="near-lines" aria-label="Lines around it" aria-busy={answer === null}>
      <h2>
        Lines around it
        {record.archived || answer?.archived ? (
          <Badge icon={<Archive aria-hidden="true" />}>from the archive</Badge>
        ) : null}
      </h2>
      {answer === null ? (
        <p className="text-faint">{record.archived ? 'In the archive. Fetching it, about 3 s…' : 'Reading the log…'}</p>
      ) : null}
      {answer?.problem ? <p className="text-error">{answer.problem}</p> : null}
      {answer && !answer.problem ? <Lines lines={answer.lines} /> : null}
    </section>
  );
}

function Lines({ lines }: { lines: readonly NearLine[] }) {
  const zone = useZone();
  const pane = useRef<HTMLDivElement>(null);
  // The line itself in the middle of the pane, without moving the page.
  useEffect(() => {
    const here = pane.current?.querySelector<HTMLElement>('[data-here]');
    if (pane.current && here) pane.current.scrollTop = here.offsetTop - pane.current.clientHeight / 2;
  }, [lines]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls has to be reachable by keyboard
    <div ref={pane} className="near-pane" tabIndex={0}>
      {lines.map(({ seq, line, at, level, channel, text, here }) => (
        <div key={`${seq}.${line}`} className="near-line" data-level={level ?? 'none'} data-here={here || undefined}>
          <span className="near-time">{formatClock(instantMs(at), zone)}</span>
          <span className="near-kind">{level ?? (channel === 'stderr' ? 'err' : 'out')}</span>
          <span className="near-text">{text}</span>
        </div>
      ))}
    </div>
  );
}
