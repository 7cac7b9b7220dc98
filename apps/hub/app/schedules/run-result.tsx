import type { Occurrence } from '@nexomatic/contracts/schedule-occurrence';
import { Link, useParams } from '@remix-run/react';
import { Badge } from '../components/badge.tsx';
import { CirclePause, Clock, CornerDownRight } from '../components/icons.ts';
import { StatePill } from '../components/state-pill.tsx';
import { skipWords } from './schedule-words.ts';

/** What became of a run: the state of its event, or why there is none. */
export function RunResult({ run: { status, reason, event, count } }: { run: Occurrence }) {
  const { tenant = '' } = useParams();
  const times = count > 1 ? ` × ${count.toLocaleString('en')}` : '';
  if (status === 'held')
    return (
      <Badge tone="warning" icon={<CirclePause aria-hidden="true" />}>
        held{times}
      </Badge>
    );
  if (status === 'waiting') return <Badge icon={<Clock aria-hidden="true" />}>waiting for the one before</Badge>;
  if (status === 'skipped')
    return (
      <Badge icon={<CornerDownRight aria-hidden="true" />}>
        skipped{times}
        {reason ? ` · ${skipWords[reason].word}` : ''}
      </Badge>
    );
  if (event === null) return <Badge>fired, no longer kept</Badge>;
  return (
    <Link to={`/t/${tenant}/events/${event.id}`} className="pill-link">
      <StatePill state={event.state} reason={event.reason} />
    </Link>
  );
}
