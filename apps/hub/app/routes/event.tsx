import { isId } from '@nexomatic/contracts/id';
import {
  Link,
  type MetaFunction,
  type ShouldRevalidateFunctionArgs,
  useLoaderData,
  useLocation,
  useNavigate,
  useParams,
} from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { useRef } from 'react';
import { ChainList } from '../chain/chain-list.tsx';
import { ArrowLeft } from '../components/icons.ts';
import { IdText } from '../components/id-text.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { StatePill } from '../components/state-pill.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { EventActions } from '../event/event-actions.tsx';
import { EventFacts } from '../event/event-facts.tsx';
import { EventPart } from '../event/event-part.tsx';
import { Neighbours } from '../event/neighbours.tsx';
import { Reruns } from '../event/reruns.tsx';
import { firstTab, Tabs, tabOf } from '../event/tabs.tsx';
import { WentWrong } from '../event/went-wrong.tsx';
import { useListPlace } from '../events/remembered-list.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, notFound, requireMember } from '../frame/hub-call.server.ts';
import { useKeys } from '../frame/keys.ts';
import { pageTitle } from '../frame/page-title.ts';
import { keepLast, useKeptLast } from '../live/keep-last.ts';
import { LiveDot } from '../live/live-dot.tsx';
import { useLiveRefresh } from '../live/use-live-refresh.ts';

const marks = { QUEUED: '◌', RUNNING: '◐', SUCCESS: '✓', WARNING: '▲', ERROR: '✗' } as const;

/** The state stands in the title, so that a tab in the background tells it. */
export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, data ? `${marks[data.state]} ${data.type}` : 'Event');

export const handle: CrumbHandle<{ type: string }> = {
  crumbs: (event) => [{ word: 'Events', to: 'events' }, { word: event?.type ?? 'Event' }],
};

export async function loader({ params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const { id = '' } = params;
  if (!isId('event', id)) throw notFound(context.requestId);
  return await hubCall(context, () => context.caller.events.get({ id }));
}

/** Re-runs the event as it is, cancels it, or purges what is kept of it. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const { id = '', tenant } = params;
  if (!isId('event', id)) throw notFound(context.requestId);
  const intent = (await request.formData()).get('intent');
  if (intent === 'cancel') {
    const { done, problem } = await hubTry(context, () => context.caller.events.cancel({ id }));
    return problem ? { problem } : { outcome: done.outcome };
  }
  if (intent === 'purge' || intent === 'purge-all') {
    const { problem } = await hubTry(context, () =>
      context.caller.events.purge({ id, payload: intent === 'purge-all' }),
    );
    // No redirect: the part of the event that is open stays, and shows what is left.
    return problem ? { problem } : { outcome: 'purged' };
  }
  if (intent !== 'rerun') throw notFound(context.requestId);
  const { done, problem } = await hubTry(context, () => context.caller.events.rerun({ id }));
  return problem ? { problem } : redirectWithToast(`/t/${tenant}/events/${done.id}`, 'This is the re-run');
}

export const clientLoader = keepLast<Awaited<ReturnType<typeof loader>>>();

/** Another part of the same event needs no other answer. */
export function shouldRevalidate({
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs): boolean {
  return currentUrl.pathname === nextUrl.pathname && currentUrl.search !== nextUrl.search
    ? false
    : defaultShouldRevalidate;
}

export default function Event() {
  const event = useLoaderData<typeof clientLoader>();
  useKeptLast(clientLoader, event);
  const { tenant = '' } = useParams();
  const search = new URLSearchParams(useLocation().search);
  // The part that opens by itself is chosen once: a log must not change into a result under its reader.
  const opened = useRef({ id: event.id, tab: firstTab(event.state) });
  if (opened.current.id !== event.id) opened.current = { id: event.id, tab: firstTab(event.state) };
  const tab = tabOf(search.get('tab')) ?? opened.current.tab;

  // A follow-on is written together with the end of the event that fires it, so the chain's own ids tell of it too.
  const known = new Set<string>(event.chain.map((one) => one.id));
  useLiveRefresh(tenant, { concerns: (eventIds) => eventIds.some((id) => known.has(id)) });
  const navigate = useNavigate();
  const place = useListPlace(tenant, event.id);
  const list = `/t/${tenant}/events${place.search}`;
  useKeys({
    Escape: () => navigate(list),
    j: () => place.next && navigate(`../${place.next}`, { relative: 'path' }),
    k: () => place.previous && navigate(`../${place.previous}`, { relative: 'path' }),
  });

  return (
    <>
      <div>
        <Link to={list} className="back md:hidden">
          <ArrowLeft size={14} aria-hidden="true" />
          Events
        </Link>
        <PageHeader title={event.type}>
          <StatePill state={event.state} reason={event.reason} large />
          <IdText id={event.id} label="the event’s id" />
          <span className="ml-auto flex flex-wrap items-center gap-2">
            <LiveDot />
            <Neighbours place={place} />
            <EventActions event={event} tenant={tenant} />
          </span>
        </PageHeader>
      </div>
      <EventFacts event={event} tenant={tenant} />
      <WentWrong event={event} tenant={tenant} />
      <Reruns event={event} />
      <ChainList events={event.chain} currentId={event.id} />
      <div className="card overflow-clip">
        <Tabs active={tab} event={event} />
        <EventPart event={event} tab={tab} tenant={tenant} attemptAsked={Number(search.get('attempt')) || undefined} />
      </div>
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
