import type { Problem } from '@nexomatic/contracts/error-code';
import type { BufferOverview, DeadLetterView } from '@nexomatic/contracts/request-api';
import { useLocation } from '@remix-run/react';
import { EmptyState } from '../../components/empty-state.tsx';
import { Explain } from '../../components/explain.tsx';
import { ProblemBanner } from '../../components/problem-banner.tsx';
import { StatTile } from '../../components/stat-tile.tsx';
import { Pager } from '../../components/table/pager.tsx';
import { useMay } from '../../frame/use-may.ts';
import { formatSize } from '../../json/body-view.tsx';
import { TimeText } from '../../time/time-text.tsx';
import { DeadLetterDetail } from './dead-letter-detail.tsx';
import { DeadLetterList } from './dead-letter-list.tsx';
import { SettleButtons } from './settle-buttons.tsx';

interface HeldPanelProps {
  edge: BufferOverview['edge'];
  /** Why the edge can not be reached. */
  why: string | null;
  held: BufferOverview['sources'][number] | null;
  letters: readonly DeadLetterView[];
  nextCursor: string | null;
  open: DeadLetterView | null;
  problem: Problem | undefined;
}

/** What the edge holds of a source because the hub could not have it, and what it could not deliver. */
export function HeldPanel({ edge, why, held, letters, nextCursor, open, problem }: HeldPanelProps) {
  const search = new URLSearchParams(useLocation().search);
  search.delete('letter');
  const maySettle = useMay()('events.manage');
  if (edge === 'none')
    return (
      <Empty title="No edge stands in front of this hub">
        Senders reach it directly, so nothing is held for it: while it is away, they are not answered and try again
        themselves. An edge takes their requests meanwhile.
      </Empty>
    );
  if (edge === 'unreachable')
    return (
      <Explain warning>
        The edge does not answer this hub{why ? `: ${why}` : ''}. What it holds is safe there and comes in by itself.
      </Explain>
    );
  if (!held || held.waiting + held.deadLetters === 0)
    return (
      <Empty title="Nothing is held">
        While the hub is away the edge takes requests, answers them with 202, and delivers them in order when the hub is
        back.
      </Empty>
    );
  return (
    <>
      <ProblemBanner problem={problem} />
      <section className="stats request-counts" aria-label="What is held">
        <StatTile label="Waiting" value={held.waiting.toLocaleString('en')} note={formatSize(held.waitingBytes)} />
        <StatTile
          label="Oldest came"
          value={held.oldestAt ? <TimeText at={held.oldestAt} /> : '–'}
          note="delivered in the order of arrival"
        />
        <StatTile
          label="Next try"
          value={held.nextTryAt ? <TimeText at={held.nextTryAt} /> : '–'}
          note={held.lastFailure ?? 'no try has failed'}
        />
        <StatTile label="Not delivered" value={held.deadLetters.toLocaleString('en')} note="kept for 30 days" />
      </section>
      {letters.length === 0 ? null : (
        <section aria-labelledby="letters-title" className="stack">
          <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
            <div>
              <h2 id="letters-title" className="text-base">
                Not delivered
              </h2>
              <p className="max-w-prose text-muted text-sm">
                The hub answered these in a way that no later try would change. Mend the cause, then replay them: each
                keeps its time of arrival.
              </p>
            </div>
            {maySettle ? <SettleButtons count={held.deadLetters} /> : null}
          </div>
          <div className={open ? 'split' : undefined}>
            <div className="min-w-0">
              <DeadLetterList letters={letters} split={open !== null} />
              <Pager nextCursor={nextCursor} count={letters.length} words={words} />
            </div>
            {open ? (
              <DeadLetterDetail letter={open} closeTo={search.size === 0 ? '.' : `?${search}`} maySettle={maySettle} />
            ) : null}
          </div>
        </section>
      )}
    </>
  );
}

const words = { back: 'Earlier', on: 'Later', start: 'Earliest', rows: 'requests' };

const Empty = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <div className="card">
    <EmptyState title={title}>
      <p>{children}</p>
    </EmptyState>
  </div>
);
