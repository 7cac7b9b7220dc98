import type { EventSummary } from '@nexomatic/contracts/event-api';
import type { SourceDetail } from '@nexomatic/contracts/source-api';
import { useParams } from '@remix-run/react';
import { CopyAs } from '../components/copy-as.tsx';
import { Explain } from '../components/explain.tsx';
import { LatestEvents } from '../definitions/latest-events.tsx';
import { WarningNotice } from '../definitions/warning-notice.tsx';
import { fireByClient, fireCurl, testCurl, testFetch } from './snippets.ts';
import { eventsOf } from './source-facts.tsx';
import { sourceLabels } from './source-fields.ts';

interface SourceOverviewProps {
  source: SourceDetail;
  events: readonly EventSummary[];
  hubUrl: string;
  /** The address stands above in full, with the ways to try it. */
  addressShown: boolean;
}

/** How to send to a source, and what came from it. */
export function SourceOverview({ source, events, hubUrl, addressShown }: SourceOverviewProps) {
  const { tenant = '' } = useParams();
  const { name, kind, enabled, eventType } = source;
  return (
    <>
      <WarningNotice warnings={source.warnings} labels={sourceLabels} />
      {enabled ? null : <Explain warning>It is disabled: requests are answered as if it did not exist.</Explain>}
      {kind === 'WEBHOOK' && !eventType ? (
        <Explain warning fix={{ word: 'Choose what it fires', to: 'edit' }}>
          It fires nothing, so its requests are answered with 404.
        </Explain>
      ) : null}
      <div className="columns">
        <section className="card panel" aria-labelledby="events-title">
          <h2 id="events-title">Latest events</h2>
          <LatestEvents
            events={events}
            all={eventsOf(tenant, name)}
            none={
              kind === 'WEBHOOK'
                ? 'Waiting for the first request. It appears here by itself.'
                : 'No program has fired an event as this source yet.'
            }
          />
        </section>
        {addressShown ? null : <HowToSend source={source} hubUrl={hubUrl} />}
      </div>
    </>
  );
}

function HowToSend({ source, hubUrl }: Pick<SourceOverviewProps, 'source' | 'hubUrl'>) {
  const { name, kind, addressHint, builtIn } = source;
  if (builtIn)
    return (
      <p className="text-muted text-sm">
        The hub’s own source: whatever people and programs fire without naming another comes from it.
      </p>
    );
  return (
    <section className="card panel" aria-labelledby="send-title">
      <h2 id="send-title">{kind === 'WEBHOOK' ? 'Send a request' : 'Fire from a program'}</h2>
      {addressHint ? (
        <>
          <p className="mb-2 text-muted text-sm">
            {addressHint.endsWith('…') ? null : (
              <>
                Its address ends in <code>{addressHint.slice(-4)}</code>.{' '}
              </>
            )}
            The whole of it was shown when it was made; put it in the place of <code>ADDRESS</code>.
          </p>
          <CopyAs label="A request in code" code={{ curl: testCurl('ADDRESS'), typescript: testFetch('ADDRESS') }} />
        </>
      ) : (
        <CopyAs
          label="An event in code"
          code={{ curl: fireCurl(hubUrl, name), typescript: fireByClient(hubUrl, name) }}
        />
      )}
    </section>
  );
}
