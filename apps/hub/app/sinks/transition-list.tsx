import type { SinkTransitionShown } from '@nexomatic/contracts/sink-transition-api';
import { TimeText } from '../time/time-text.tsx';
import { StatusBadge } from './sink-status.tsx';
import { transitionWords } from './transition-words.ts';

/** When a sink came and went, newest first. */
export function TransitionList({ transitions }: { transitions: readonly SinkTransitionShown[] }) {
  if (transitions.length === 0) return <p className="text-muted text-sm">It has not been there yet.</p>;
  return (
    <ol className="transitions">
      {transitions.map((one) => (
        <li key={one.id}>
          <TimeText at={one.lastAt} />
          <StatusBadge status={one.status} />
          <span>
            {transitionWords(one)}
            {one.times > 1 ? (
              <span className="text-muted">
                {' '}
                since <TimeText at={one.at} />
              </span>
            ) : null}
          </span>
        </li>
      ))}
    </ol>
  );
}
