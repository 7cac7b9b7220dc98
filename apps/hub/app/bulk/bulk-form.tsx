import type { BulkAction, BulkPreview } from '@nexomatic/contracts/bulk-api';
import type { Problem } from '@nexomatic/contracts/error-code';
import { Form, Link, useNavigation, useParams, useSubmit } from '@remix-run/react';
import { useState } from 'react';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { StatePill } from '../components/state-pill.tsx';
import { TimeText } from '../time/time-text.tsx';
import { actionWords, countText, eventsWord } from './bulk-words.ts';

interface BulkFormProps {
  action: BulkAction;
  query: string;
  skipRerun: boolean;
  preview: BulkPreview;
  problem: Problem | undefined;
}

/** Above this many, the number has to be typed: a slip of the mouse must not start a thousand events. */
const typedFrom = 100;

/** What a bulk job would do, to which events, and what has to be said before it begins (R7). */
export function BulkForm({ action, query, skipRerun, preview, problem }: BulkFormProps) {
  const { tenant = '' } = useParams();
  const { count, more, sample, until } = preview;
  const busy = useNavigation().formMethod === 'POST';
  const submit = useSubmit();
  const [typed, setTyped] = useState('');
  const { verb, about } = actionWords[action];
  const number = countText(count, more);
  const asks = more || count > typedFrom;
  const ready = !busy && count > 0 && (!asks || typed.replaceAll(',', '').replace('+', '') === String(count));
  return (
    <Form method="post" className="form">
      <ProblemBanner problem={problem} />
      <input type="hidden" name="action" value={action} />
      <input type="hidden" name="q" value={query} />
      <input type="hidden" name="until" value={until} />
      <section className="card bulk-what" aria-label="What it acts on">
        <p className="bulk-count">
          <strong>{number}</strong> {eventsWord(count)}
        </p>
        <p className="text-muted text-sm">{about}</p>
        <dl className="bulk-facts">
          <div>
            <dt>Filter</dt>
            <dd>
              <code className="break-all">{query === '' ? 'every event' : shortQuery(query)}</code>
            </dd>
          </div>
          <div>
            <dt>Created before</dt>
            <dd>
              <TimeText at={until} />, so that nothing newer is taken along
            </dd>
          </div>
        </dl>
        {sample.length > 0 ? (
          <ol className="bulk-sample" aria-label="The newest of them">
            {sample.map(({ id, type, state, reason, createdAt }) => (
              <li key={id}>
                <StatePill state={state} reason={reason} />
                <Link to={`/t/${tenant}/events/${id}`} className="truncate font-medium hover:underline" discover="none">
                  {type}
                </Link>
                <span className="ml-auto text-muted">
                  <TimeText at={createdAt} />
                </span>
              </li>
            ))}
            {more || count > sample.length ? <li className="text-muted">and more of them</li> : null}
          </ol>
        ) : null}
      </section>
      {action === 'rerun' ? (
        <label className="form-check">
          <input
            type="checkbox"
            name="skipRerun"
            defaultChecked={skipRerun}
            onChange={({ target }) =>
              submit(
                { action, q: query, ...(target.checked ? { skipRerun: 'on' } : {}) },
                { method: 'get', replace: true, preventScrollReset: true },
              )
            }
          />
          Leave out events that were re-run before
        </label>
      ) : null}
      <div className="form-field">
        <label htmlFor="bulk-name" className="text-sm">
          Name <span className="text-faint">(optional)</span>
        </label>
        <input id="bulk-name" name="name" className="input" maxLength={100} autoComplete="off" />
      </div>
      {asks && count > 0 ? (
        <div className="form-field">
          <label htmlFor="bulk-number" className="text-sm">
            Type <strong>{count}</strong> to confirm
          </label>
          <input
            id="bulk-number"
            className="input"
            inputMode="numeric"
            autoComplete="off"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </div>
      ) : null}
      <div className="flex justify-end gap-2">
        <Link to="../../events" relative="path" className="button">
          Back to the events
        </Link>
        <button type="submit" className={action === 'cancel' ? 'button-danger' : 'button-primary'} disabled={!ready}>
          {busy ? 'Starting…' : `${verb} ${number} ${eventsWord(count)}`}
        </button>
      </div>
    </Form>
  );
}

/** A query of many ids as their number: the sample below shows which. */
function shortQuery(query: string): string {
  const ids = /^id:\((.*)\)$/.exec(query)?.[1]?.split(',').length;
  return ids === undefined ? query : `${ids} selected ${eventsWord(ids)}`;
}
