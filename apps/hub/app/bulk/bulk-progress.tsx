import type { BulkDetail } from '@nexomatic/contracts/bulk-api';
import type { Problem } from '@nexomatic/contracts/error-code';
import { type FetcherWithComponents, Link, useFetcher } from '@remix-run/react';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { useMay } from '../frame/use-may.ts';
import { Duration } from '../time/duration.tsx';
import { TimeText } from '../time/time-text.tsx';
import { BulkStatePill } from './bulk-state.tsx';
import { actionWords, countText, eventsWord, progressOf } from './bulk-words.ts';

/** How far a bulk job is, what came of its events, and the way to end it. */
export function BulkProgress({ job, tenant }: { job: BulkDetail; tenant: string }) {
  const fetcher: FetcherWithComponents<{ problem?: Problem } | undefined> = useFetcher();
  const mayManage = useMay()('events.manage');
  const running = job.state === 'RUNNING';
  const progress = progressOf(job);
  const seen = job.done + job.skipped + job.failed;
  const results = `/t/${tenant}/events?${new URLSearchParams({ q: `bulk:${job.id} since:all` })}`;
  return (
    <>
      <ProblemBanner problem={fetcher.data?.problem} />
      {job.message === null ? null : <p className="text-error text-sm">{job.message}</p>}
      <section className="card bulk-what" aria-label="Progress">
        <div className="flex flex-wrap items-center gap-3">
          <BulkStatePill state={job.state} />
          <span className="tabular-nums" role="status">
            {seen.toLocaleString('en')} of {countText(job.count, job.more)} {eventsWord(job.count)}
          </span>
          <span className="ml-auto flex gap-2">
            {running && mayManage ? (
              <fetcher.Form method="post">
                <button type="submit" className="button-danger" disabled={fetcher.state !== 'idle'}>
                  Abort
                </button>
              </fetcher.Form>
            ) : null}
            <Link to={results} className="button">
              See the events
            </Link>
          </span>
        </div>
        <progress
          className="bulk-bar"
          aria-label="Progress"
          max={1}
          {...(progress === null ? {} : { value: progress })}
        />
        <dl className="bulk-counts">
          <Count name={capital(actionWords[job.action].done)} value={job.done} />
          <Count name="Skipped" value={job.skipped} />
          <Count name="Failed" value={job.failed} />
        </dl>
        <dl className="bulk-facts">
          <div>
            <dt>Filter</dt>
            <dd>
              <code className="break-all">{job.query === '' ? 'every event' : job.query}</code>
            </dd>
          </div>
          <div>
            <dt>Created before</dt>
            <dd>
              <TimeText at={job.until} />
            </dd>
          </div>
          <div>
            <dt>Started</dt>
            <dd>
              <TimeText at={job.createdAt} /> by {job.createdBy.name}
            </dd>
          </div>
          <div>
            <dt>{running ? 'Runs for' : 'Took'}</dt>
            <dd>
              <Duration from={job.createdAt} to={job.finishedAt} />
            </dd>
          </div>
        </dl>
        {job.state === 'ABORTED' ? (
          <p className="text-muted text-sm">What it had done before stays done: re-runs go on by themselves.</p>
        ) : null}
      </section>
      <Problems job={job} tenant={tenant} />
    </>
  );
}

function Count({ name, value }: { name: string; value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value.toLocaleString('en')}</dd>
    </div>
  );
}

/** The events that were left out or refused, and why. */
function Problems({ job: { problems, skipped, failed }, tenant }: { job: BulkDetail; tenant: string }) {
  if (problems.length === 0) return null;
  return (
    <section className="card" aria-labelledby="bulk-problems">
      <h2 id="bulk-problems" className="px-4 pt-3 text-sm">
        Skipped and failed
      </h2>
      <ul className="bulk-problems">
        {problems.map(({ eventId, outcome, message }) => (
          <li key={eventId}>
            <span className={outcome === 'failed' ? 'text-error' : 'text-muted'}>{outcome}</span>
            <Link to={`/t/${tenant}/events/${eventId}`} className="link font-mono text-xs" discover="none">
              {eventId}
            </Link>
            <span className="text-muted">{message}</span>
          </li>
        ))}
        {skipped + failed > problems.length ? (
          <li className="text-muted">The newest {problems.length} are shown.</li>
        ) : null}
      </ul>
    </section>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
