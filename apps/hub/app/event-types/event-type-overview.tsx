import type { Warning } from '@nexomatic/contracts/definition-api';
import type { EventTypeChain, EventTypeSummary } from '@nexomatic/contracts/event-type-api';
import { Link, useParams } from '@remix-run/react';
import type { ReactNode } from 'react';
import { RefList } from '../components/ref-list.tsx';
import { WarningNotice } from '../definitions/warning-notice.tsx';
import { objectPath } from '../frame/objects.ts';
import { retentionWords } from '../retention/retention-fields.tsx';
import { formatDuration } from '../time/format-time.ts';
import { ChainPicture } from './chain-picture.tsx';
import { sourceKindWords } from './event-type-fields.ts';

interface EventTypeOverviewProps {
  eventType: EventTypeSummary;
  chain: EventTypeChain;
  warnings: readonly Warning[];
}

/** What an event type does, in a sentence and in a picture, and what fires it. */
export function EventTypeOverview({ eventType, chain, warnings }: EventTypeOverviewProps) {
  return (
    <>
      <WarningNotice warnings={warnings} />
      <Sentence eventType={eventType} />
      <ChainPicture chain={chain} current={eventType.id} />
      <div className="columns">
        <section className="card panel" aria-labelledby="limits-title">
          <h2 id="limits-title">Limits</h2>
          <Limits eventType={eventType} />
        </section>
        <section className="card panel" aria-labelledby="used-title">
          <h2 id="used-title">Fired by</h2>
          <RefList references={eventType.usedBy} empty="Nothing fires it by itself; people and programs can." />
        </section>
      </div>
    </>
  );
}

function Sentence({ eventType: { name, sourceKind, action, sinkType } }: { eventType: EventTypeSummary }) {
  return (
    <p className="sentence">
      When {sourceKind ? sourceKindWords[sourceKind].noun : 'anything'} fires <code>{name}</code>, run the action{' '}
      <Name of={action} /> (<code>{action.module}</code>) on a <strong>{sinkType.name}</strong> sink.{' '}
      {action.onSuccess || action.onFailure ? null : 'Nothing follows.'}
      {action.onSuccess ? (
        <>
          On success fire <Name of={action.onSuccess} />
          {action.onFailure ? '; ' : '.'}
        </>
      ) : null}
      {action.onFailure ? (
        <>
          {action.onSuccess ? 'on' : 'On'} failure fire <Name of={action.onFailure} />.
        </>
      ) : null}
    </p>
  );
}

export function Name({ of }: { of: { id: string; name: string } }) {
  const { tenant = '' } = useParams();
  const path = objectPath(tenant, of.id);
  return path ? (
    <Link to={path} className="link">
      {of.name}
    </Link>
  ) : (
    <strong>{of.name}</strong>
  );
}

function Limits({ eventType }: { eventType: EventTypeSummary }) {
  const { maxAttempts, backoffSeconds, timeoutSeconds, queueTtlSeconds, rerunWhenLost, retention } = eventType;
  const span = (seconds: number) => formatDuration(seconds * 1000);
  return (
    <dl className="limit-list">
      <Fact name="Attempts">
        {maxAttempts === 1
          ? 'one'
          : `up to ${maxAttempts}, the second after ${span(backoffSeconds)}, then twice as long each`}
      </Fact>
      <Fact name="Time limit of an attempt">{span(timeoutSeconds)}</Fact>
      <Fact name="Waits for a sink">{span(queueTtlSeconds)} at most</Fact>
      <Fact name="When its sink is lost">{rerunWhenLost ? 'it runs again' : 'it ends as ERROR'}</Fact>
      {retentionWords(retention) ? <Fact name="Kept for">{retentionWords(retention)}</Fact> : null}
    </dl>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
