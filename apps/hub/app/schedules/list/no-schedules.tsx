import { Link, useSearchParams } from '@remix-run/react';
import { EmptyState } from '../../components/empty-state.tsx';
import { Clock, Moon, Zap } from '../../components/icons.ts';
import { useMay } from '../../frame/use-may.ts';

const presets = [
  { preset: 'nightly', Icon: Moon, word: 'Every night', help: 'At 02:00 in your zone, for what may take a while' },
  { preset: 'frequent', Icon: Zap, word: 'Every 5 minutes', help: 'Never two at a time: a check, a sync' },
  { preset: 'once', Icon: Clock, word: 'Once, at a time', help: 'A release, a clean-up on a date' },
] as const;

/** What stands where a list of schedules is empty: why, and three ways to begin. */
export function NoSchedules() {
  const [query] = useSearchParams();
  const mayWrite = useMay()('definitions.write');
  if ([...query.keys()].some((key) => key !== 'cursor' && key !== 'sort'))
    return (
      <EmptyState title="No schedule is like that">
        <Link to="." className="button">
          Show every schedule
        </Link>
      </EmptyState>
    );
  return (
    <EmptyState title="Run something regularly">
      <p>
        A schedule fires an event type at the times you name, in a time zone, once for each of them. What it does not
        fire stands in its history with the reason.
      </p>
      {mayWrite ? (
        <ul className="presets">
          {presets.map(({ preset, Icon, word, help }) => (
            <li key={preset}>
              <Link to={`new?preset=${preset}`} className="preset">
                <Icon size={16} aria-hidden="true" />
                <strong>{word}</strong>
                <span>{help}</span>
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </EmptyState>
  );
}
