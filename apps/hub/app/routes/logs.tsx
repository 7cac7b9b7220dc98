import { systemClock } from '@nexomatic/clock';
import { formatLogQuery, parseLogQuery } from '@nexomatic/contracts/log-query';
import {
  type MetaFunction,
  type ShouldRevalidateFunctionArgs,
  useLoaderData,
  useLocation,
  useNavigate,
  useNavigation,
  useParams,
} from '@remix-run/react';
import { data, type LoaderFunctionArgs } from '@remix-run/server-runtime';
import { useEffect, useState } from 'react';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { Pager } from '../components/table/pager.tsx';
import { NewRows } from '../events/new-rows.tsx';
import { SearchedBack } from '../events/searched-back.tsx';
import { useHeld } from '../events/use-held.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { keepLast, useKeptLast } from '../live/keep-last.ts';
import { LiveDot } from '../live/live-dot.tsx';
import { useLiveRefresh } from '../live/use-live-refresh.ts';
import { ArchiveNote } from '../logs/archive-note.tsx';
import { chartSteps } from '../logs/chart-steps.ts';
import { IndexHint } from '../logs/index-hint.tsx';
import { Inspector } from '../logs/inspector.tsx';
import { askedLogText, chartRange, logQueryOf, logsHref, readLogsAddress, recordId } from '../logs/logs-address.ts';
import { LogsChart } from '../logs/logs-chart.tsx';
import { LogsFilter } from '../logs/logs-filter.tsx';
import { LogsTable } from '../logs/logs-table.tsx';
import { NoRecords } from '../logs/no-records.tsx';
import { useTail } from '../logs/use-tail.ts';

const pageSize = 100;
const bars = 60;
/** A busy tenant writes all the time, and each look is a search. */
const liveRestMs = 2_000;

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Logs');
export const handle: CrumbHandle = { crumbs: () => [{ word: 'Logs' }] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireMember(context);
  const { caller } = context;
  const { text, cursor } = readLogsAddress(new URL(request.url).searchParams);
  const parsed = parseLogQuery(text);
  const range = chartRange(parsed.ok ? parsed.query : { terms: [] }, systemClock.now());
  const [page, histogram, index] = await Promise.all([
    findRecords(),
    countRecords(),
    hubCall(context, () => caller.logs.indexed({})),
  ]);
  return { ...page, ...index, histogram, range, latest: await latestRecord() };

  /** What can't be read or answered is said at the filter; the page around it stays. */
  async function findRecords() {
    const nothing = { records: [], nextCursor: null, searchedTo: null, hint: null, archive: null, refusal: null };
    if (!parsed.ok) return nothing;
    const input = { q: askedLogText(parsed.query), limit: pageSize };
    const { done, problem } = await hubTry(context, () => caller.logs.search(cursor ? { ...input, cursor } : input));
    if (!problem) return { ...done, refusal: null };
    const fault = problem.errors?.find(({ path }) => path === 'q');
    if (problem.code !== 'bad_request' || !fault) throw data(problem, { status: problem.status });
    return { ...nothing, refusal: fault.message };
  }

  async function countRecords() {
    if (!parsed.ok) return null;
    const terms = parsed.query.terms.filter(({ key }) => key !== 'since' && key !== 'from' && key !== 'to');
    const input = { ...range, q: formatLogQuery({ terms }), bars };
    return (await hubTry(context, () => caller.logs.histogram(input))).done ?? null;
  }

  /** When a list is empty, the page says whether anything was ever written. */
  async function latestRecord(): Promise<string | null> {
    const newest = page.records[0] ?? (await hubCall(context, () => caller.logs.search({ limit: 1 }))).records[0];
    return newest?.at ?? null;
  }
}

/** What is open beside the list changes nothing of the list. */
export function shouldRevalidate({ currentUrl, nextUrl, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  const listOf = ({ pathname, search }: URL): string => {
    const query = new URLSearchParams(search);
    query.delete('row');
    return `${pathname}?${query}`;
  };
  if (currentUrl.search === nextUrl.search) return defaultShouldRevalidate;
  return listOf(currentUrl) !== listOf(nextUrl);
}

export const clientLoader = keepLast<Awaited<ReturnType<typeof loader>>>();

export function ErrorBoundary() {
  return <ProblemPage />;
}

export default function Logs() {
  const loaded = useLoaderData<typeof clientLoader>();
  useKeptLast(clientLoader, loaded);
  const { nextCursor, searchedTo, hint, archive, refusal, histogram, range, latest, indexed } = loaded;
  const { tenant = '' } = useParams();
  const location = useLocation();
  const navigate = useNavigate();
  const pending = useNavigation().location;
  const address = readLogsAddress(new URLSearchParams(location.search));
  // What somebody just chose shows at once, before the list has followed.
  const chosen =
    pending?.pathname === location.pathname ? readLogsAddress(new URLSearchParams(pending.search)) : address;
  const query = logQueryOf(address.text);
  const tailing = address.live && address.cursor === '' && !query.terms.some(({ key }) => key === 'to');
  const { held, holders } = useHeld();
  const { records, waiting, letIn } = useTail(`${address.text} ${address.cursor}`, loaded.records, held || !tailing);
  useLiveRefresh(tenant, { restMs: liveRestMs, concerns: () => tailing });
  const readable = parseLogQuery(address.text).ok && refusal === null;
  const opened = address.row === '' ? undefined : records.find((record) => recordId(record) === address.row);
  const { row: _, ...list } = address;
  const close = (): void => navigate(logsHref(list), { preventScrollReset: true, replace: true });

  return (
    <>
      <PageHeader title="Logs">
        <span className="ml-auto flex items-center gap-3">
          <LiveSwitch
            on={address.live}
            toggle={(live) => navigate(logsHref({ ...address, live }), { replace: true })}
          />
          {tailing ? <LiveDot /> : null}
        </span>
      </PageHeader>
      <LogsFilter address={chosen} refusal={refusal} />
      <IndexHint indexed={indexed} settings={`/t/${tenant}/settings/storage`} />
      {histogram && records.length > 0 ? (
        <LogsChart address={address} histogram={histogram} steps={chartSteps(histogram, range)} />
      ) : null}
      <div className="logs-frame" data-inspecting={opened !== undefined || undefined}>
        <div className="logs-list">
          <p className="sr-only" aria-live="polite">
            {waiting > 0 ? `${waiting} new records` : ''}
          </p>
          {waiting > 0 && tailing ? <NewRows count={waiting} pageSize={pageSize} letIn={letIn} /> : null}
          {archive ? <ArchiveNote archive={archive} count={records.length} busy={pending !== undefined} /> : null}
          <div {...holders}>
            {records.length > 0 ? (
              <LogsTable records={records} address={address} query={query} busy={pending !== undefined} />
            ) : null}
          </div>
          {records.length === 0 && readable && searchedTo === null ? (
            <NoRecords address={address} latest={latest} hint={hint} />
          ) : null}
          {readable ? null : <p className="events-unread">Correct the query to see records.</p>}
          {searchedTo === null || nextCursor === null ? null : (
            <SearchedBack to={searchedTo} found={records.length} href={logsHref({ ...list, cursor: nextCursor })} />
          )}
        </div>
        {opened ? <Inspector {...{ tenant, query, address, close }} record={opened} /> : null}
      </div>
      <Pager
        nextCursor={searchedTo === null ? nextCursor : null}
        count={records.length}
        hrefOf={(cursor) => logsHref({ ...list, cursor })}
        words={{ back: 'Newer', on: 'Older', start: 'Newest', rows: 'records' }}
      />
    </>
  );
}

/** Ahead of the address, so that it shows at once what it was set to. */
function LiveSwitch({ on, toggle }: { on: boolean; toggle: (on: boolean) => void }) {
  const [shown, setShown] = useState(on);
  useEffect(() => setShown(on), [on]);
  return (
    <label className="filter-switch">
      <input
        type="checkbox"
        className="switch-input"
        checked={shown}
        onChange={({ target }) => {
          setShown(target.checked);
          toggle(target.checked);
        }}
      />
      Live tail
    </label>
  );
}
