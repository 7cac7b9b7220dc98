import type { EventSummary } from '@nexomatic/contracts/event-api';
import type { RequestSummary } from '@nexomatic/contracts/request-api';
import type { SourceDetail } from '@nexomatic/contracts/source-api';
import { Link, useParams } from '@remix-run/react';
import type { ReactNode } from 'react';
import { CopyAs } from '../components/copy-as.tsx';
import { Explain } from '../components/explain.tsx';
import { LatestEvents } from '../definitions/latest-events.tsx';
import { WarningNotice } from '../definitions/warning-notice.tsx';
import { SourceTokensLink } from './custom/source-tokens-link.tsx';
import { HeldNotice } from './held/held-notice.tsx';
import { LatestRequests } from './latest-requests.tsx';
import { RequestCountTiles } from './request-counts.tsx';
import { fireByClient, fireCurl } from './snippets.ts';
import { eventsOf, SourceFacts } from './source-facts.tsx';
import { placeOfWarning } from './source-fields.ts';

interface SourceOverviewProps {
  source: SourceDetail;
  events: readonly EventSummary[];
  /** The latest of a webhook. */
  requests: readonly RequestSummary[];
  hubUrl: string;
  /** What a kind has beside what all have. */
  children?: ReactNode;
}

/** How a source does, and what lately came from it. */
export function SourceOverview({ source, events, requests, hubUrl, children }: SourceOverviewProps) {
  const { tenant = '' } = useParams();
  const { name, kind, enabled, settings } = source;
  return (
    <>
      <WarningNotice
        warnings={source.warnings}
        labels={Object.fromEntries(source.warnings.map(({ path }) => [path, placeOfWarning(path)]))}
      />
      {enabled || kind === 'EVENT_GRID' ? null : (
        <Explain warning>
          {kind === 'SCHEDULER'
            ? 'It is disabled: schedules skip their runs, and say so.'
            : 'It is disabled: requests are answered as if it did not exist.'}
        </Explain>
      )}
      {kind === 'WEBHOOK' ? <Hints source={source} /> : null}
      {settings ? <HeldNotice sourceId={source.id} /> : null}
      <SourceFacts source={source} />
      {children}
      {settings ? <RequestCountTiles counts={source.requestsLastDay} /> : null}
      <div className="columns">
        {settings ? (
          <section className="card panel" aria-labelledby="requests-title">
            <h2 id="requests-title">Latest requests</h2>
            <LatestRequests requests={requests} />
          </section>
        ) : null}
        <section className="card panel" aria-labelledby="events-title">
          <h2 id="events-title">Latest events</h2>
          <LatestEvents
            events={events}
            all={eventsOf(tenant, name)}
            none={kind === 'CUSTOM' ? 'No program has fired an event as this source yet.' : 'It fired none yet.'}
          />
        </section>
        {kind === 'SCHEDULER' ? (
          <p className="text-muted text-sm">
            The clock of this tenant: its{' '}
            <Link to={`/t/${tenant}/schedules`} className="link">
              schedules
            </Link>{' '}
            fire in its name. Disabled, it fires nothing, and runs that are due are skipped.
          </p>
        ) : null}
        {kind === 'CUSTOM' ? <FireFromProgram source={source} hubUrl={hubUrl} /> : null}
      </div>
    </>
  );
}

/** What stands in nobody's way but may not be meant. */
function Hints({ source: { scheme, eventType, settings } }: { source: SourceDetail }) {
  const firesNothing = eventType === null && settings?.routing.routes.length === 0;
  return (
    <>
      {scheme === 'none' ? (
        <Explain warning fix={{ word: 'Choose how its sender proves itself', to: 'verify' }}>
          It takes every request: whoever learns the address can fire events.
        </Explain>
      ) : null}
      {firesNothing ? (
        <Explain warning fix={{ word: 'Choose what it fires', to: 'routing' }}>
          It fires nothing: requests are kept as “filtered”, and can be replayed later.
        </Explain>
      ) : null}
    </>
  );
}

function FireFromProgram({ source: { id, name, builtIn }, hubUrl }: Pick<SourceOverviewProps, 'source' | 'hubUrl'>) {
  if (builtIn)
    return (
      <p className="text-muted text-sm">
        The hub’s own source: whatever people and programs fire without naming another comes from it.
      </p>
    );
  return (
    <section className="card panel" aria-labelledby="send-title">
      <h2 id="send-title">Fire from a program</h2>
      <CopyAs
        label="An event in code"
        code={{ curl: fireCurl(hubUrl, name), typescript: fireByClient(hubUrl, name) }}
      />
      <SourceTokensLink id={id} />
    </section>
  );
}
