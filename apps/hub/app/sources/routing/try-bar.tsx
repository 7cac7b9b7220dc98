import type { Problem } from '@nexomatic/contracts/error-code';
import type { RequestDetail, RequestSummary } from '@nexomatic/contracts/request-api';
import { Link, useSearchParams } from '@remix-run/react';
import { ChevronDown, FlaskConical } from '../../components/icons.ts';
import { formatAbsolute, instantMs } from '../../time/format-time.ts';
import { useZone } from '../../time/now.ts';
import { causeWords, outcomeWords } from '../requests/request-words.ts';

interface TryBarProps {
  requests: readonly RequestSummary[];
  chosen: RequestDetail | null;
  /** Names of the event types that it would fire; undefined until that is known. */
  fires: readonly (string | null)[] | undefined;
  problem: Problem | undefined;
  busy: boolean;
}

/** Picks a past request; the routes then say, as they are written, what they make of it. */
export function TryBar({ requests, chosen, fires, problem, busy }: TryBarProps) {
  const [, setQuery] = useSearchParams();
  const zone = useZone();
  const offered = chosen && !requests.some(({ id }) => id === chosen.id) ? [chosen, ...requests] : requests;
  return (
    <section className="card try-bar" aria-labelledby="try-title">
      <h2 id="try-title" className="try-title">
        <FlaskConical size={16} aria-hidden="true" />
        Try on a past request
      </h2>
      {offered.length === 0 ? (
        <p className="text-muted text-sm">
          There is none yet. Once one has come, every change here shows at once what it would do with it.
        </p>
      ) : (
        <span className="select try-choice">
          <select
            aria-label="Past request"
            value={chosen?.id ?? ''}
            onChange={(event) =>
              setQuery(event.target.value === '' ? {} : { try: event.target.value }, {
                replace: true,
                preventScrollReset: true,
              })
            }
          >
            <option value="">Choose one…</option>
            {offered.map(({ id, receivedAt, outcome, events, cause }) => (
              <option key={id} value={id}>
                {outcomeWords[outcome].word}{' '}
                {events[0] ? `· ${events[0].name} ` : cause ? `· ${causeWords(cause)} ` : ''}·{' '}
                {formatAbsolute(instantMs(receivedAt), zone)}
              </option>
            ))}
          </select>
          <ChevronDown size={14} aria-hidden="true" />
        </span>
      )}
      <p className="try-result" role="status">
        {problem ? (
          <span className="text-error">{problem.detail || problem.title}</span>
        ) : fires ? (
          <Result fires={fires} />
        ) : busy ? (
          'Trying…'
        ) : null}
      </p>
      {chosen ? (
        <Link to={`../requests?request=${chosen.id}`} relative="path" className="link text-sm">
          Show the request
        </Link>
      ) : null}
    </section>
  );
}

function Result({ fires }: { fires: readonly (string | null)[] }) {
  if (fires.length === 0) return <>It would fire nothing, and be kept as filtered.</>;
  return (
    <>
      It would fire{' '}
      {fires.map((name, index) => (
        <span key={name}>
          {index === 0 ? '' : ', '}
          <strong>{name ?? 'what is still to be chosen'}</strong>
        </span>
      ))}
      .
    </>
  );
}
