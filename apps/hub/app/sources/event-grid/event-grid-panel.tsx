import type { EventGridStatus } from '@nexomatic/contracts/event-grid-api';
import { Link, useParams } from '@remix-run/react';
import { Explain } from '../../components/explain.tsx';
import { Pencil } from '../../components/icons.ts';
import { KeyValue } from '../../components/key-value.tsx';
import { StatTile } from '../../components/stat-tile.tsx';
import { useMay } from '../../frame/use-may.ts';
import { useIntervalRefresh } from '../../live/use-interval-refresh.ts';
import { formatDuration } from '../../time/format-time.ts';
import { TimeText } from '../../time/time-text.tsx';
import { authWords } from './auth-words.ts';
import { PollList } from './poll-list.tsx';
import { PullState } from './pull-state.tsx';

/** What a source pulls from, how that goes, and its last polls. */
export function EventGridPanel({ sourceId, status }: { sourceId: string; status: EventGridStatus }) {
  useIntervalRefresh(3_000);
  const { tenant = '' } = useParams();
  const may = useMay();
  const { settings, state, sentence, lastError } = status;
  const connectTo = `/t/${tenant}/sources/${sourceId}/event-grid`;
  return (
    <>
      <section className="card panel stack" aria-labelledby="pull-title">
        <div className="flex flex-wrap items-center gap-3">
          <h2 id="pull-title" className="m-0">
            Pulling
          </h2>
          <PullState state={state} />
          {settings && may('definitions.write') ? (
            <Link to={connectTo} className="button ml-auto">
              <Pencil size={14} aria-hidden="true" />
              Connection
            </Link>
          ) : null}
        </div>
        <p className="text-muted text-sm">{sentence}</p>
        {settings ? (
          <Connection status={status} settings={settings} />
        ) : may('definitions.write') ? (
          <Link to={connectTo} className="button-primary self-start">
            Connect it
          </Link>
        ) : null}
        {lastError && state !== 'failing' ? (
          <Explain>
            Its last trouble, <TimeText at={lastError.at} />: {lastError.message}
          </Explain>
        ) : null}
        {state === 'failing' && status.nextPollAt ? (
          <Explain warning>
            It is tried again <TimeText at={status.nextPollAt} />.
          </Explain>
        ) : null}
      </section>
      {settings ? <Figures status={status} /> : null}
      {settings ? <PollList polls={status.polls} /> : null}
    </>
  );
}

function Connection({
  status,
  settings,
}: {
  status: EventGridStatus;
  settings: NonNullable<EventGridStatus['settings']>;
}) {
  const { credential, hub } = status;
  const ends = credential?.hint ? ` that ends in ${credential.hint}` : '';
  const signsIn = settings.auth.kind === 'managed_identity' ? '' : credential ? ends : ', which is missing';
  return (
    <KeyValue
      items={[
        { name: 'Namespace', value: <code className="break-all text-xs">{new URL(settings.namespaceUrl).host}</code> },
        { name: 'Topic', value: <code className="text-xs">{settings.topic}</code> },
        { name: 'Subscription', value: <code className="text-xs">{settings.subscription}</code> },
        { name: 'Signs in by', value: `${authWords[settings.auth.kind].word}${signsIn}` },
        {
          name: 'Pulled by',
          value: hub ? <code className="text-xs">{hub}</code> : <span className="text-faint">no hub</span>,
        },
      ]}
    />
  );
}

function Figures({ status: { lagSeconds, inFlight, lastEventAt, lastPollAt, totals } }: { status: EventGridStatus }) {
  const never = <span className="text-faint">never</span>;
  const { accepted, duplicates, rejected, released } = totals;
  return (
    <div className="stats">
      <StatTile
        label="Lag"
        value={lagSeconds === null ? '–' : lagSeconds < 1 ? 'none' : formatDuration(lagSeconds * 1_000)}
        note={<>at the last poll, {lastPollAt ? <TimeText at={lastPollAt} /> : never}</>}
      />
      <StatTile label="In-flight locks" value={inFlight} note="locked for the hub, not settled yet" />
      <StatTile
        label="Events taken"
        value={accepted}
        note={<>last event {lastEventAt ? <TimeText at={lastEventAt} /> : never}</>}
      />
      <StatTile
        label="Not taken"
        value={rejected + released + duplicates}
        note={`${duplicates} duplicate, ${rejected} rejected, ${released} released`}
      />
    </div>
  );
}
