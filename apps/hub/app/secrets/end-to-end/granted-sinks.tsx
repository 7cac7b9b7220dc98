import type { GrantedSink } from '@nexomatic/contracts/end-to-end-api';
import type { SecretSummary } from '@nexomatic/contracts/secret-api';
import { Link, useParams } from '@remix-run/react';
import { useState } from 'react';
import { Badge } from '../../components/badge.tsx';
import { CircleCheck, Clock, Plus, TriangleAlert } from '../../components/icons.ts';
import { objectPath } from '../../frame/objects.ts';
import { useIntervalRefresh } from '../../live/use-interval-refresh.ts';
import { TimeText } from '../../time/time-text.tsx';
import { GrantDialog } from './grant-dialog.tsx';
import type { KeyHolder } from './key-holder.ts';
import { KeyPrint } from './key-print.tsx';
import { TakeAwayButton } from './take-away-button.tsx';

const looks = {
  ready: { word: 'has it', tone: 'good', Icon: CircleCheck },
  wanted: { word: 'waits for it', tone: 'warning', Icon: Clock },
  key_changed: { word: 'has another key', tone: 'bad', Icon: TriangleAlert },
} as const;

interface GrantedSinksProps {
  secret: SecretSummary;
  holders: readonly KeyHolder[];
  mayWrite: boolean;
}

/** The sinks that a secret that is end-to-end was granted to: whether each has it, and by which key. */
export function GrantedSinks({ secret, holders, mayWrite }: GrantedSinksProps) {
  const [granting, setGranting] = useState(false);
  const { sinks } = secret;
  const ready = sinks.filter(({ state }) => state === 'ready');
  const others = holders.filter(({ id, key }) => key && !sinks.some((sink) => sink.id === id));
  return (
    <section className="card panel" aria-labelledby="sinks-title">
      <div className="panel-head">
        <h2 id="sinks-title">Sinks that can open it</h2>
        {mayWrite ? (
          <button type="button" className="button" disabled={others.length === 0} onClick={() => setGranting(true)}>
            <Plus size={14} aria-hidden="true" />
            Grant another sink
          </button>
        ) : null}
      </div>
      {sinks.length === 0 ? <p className="text-muted text-sm">None: nobody can open it.</p> : null}
      <ul className="seal-sinks" aria-labelledby="sinks-title">
        {sinks.map((sink) => (
          <SinkRow
            key={sink.id}
            {...{ secret, sink, ready, mayWrite }}
            holder={holders.find(({ id }) => id === sink.id)}
          />
        ))}
      </ul>
      {sinks.some(({ state }) => state === 'wanted') ? <Refreshing /> : null}
      <GrantDialog open={granting} onOpenChange={setGranting} secret={secret} choices={others} />
    </section>
  );
}

interface SinkRowProps {
  secret: SecretSummary;
  sink: GrantedSink;
  ready: readonly GrantedSink[];
  holder: KeyHolder | undefined;
  mayWrite: boolean;
}

function SinkRow({ secret, sink, ready, holder, mayWrite }: SinkRowProps) {
  const { tenant = '' } = useParams();
  const [approving, setApproving] = useState(false);
  const { id, name, state, approvedBy, approvedAt, sealedAt } = sink;
  const { word, tone, Icon } = looks[state];
  const isLast = state === 'ready' && ready.length === 1;
  return (
    <li>
      <div className="seal-sink-head">
        <Link to={objectPath(tenant, id) ?? '.'} className="link min-w-0 truncate">
          {name}
        </Link>
        <Badge tone={tone} icon={<Icon aria-hidden="true" />}>
          {word}
        </Badge>
        {isLast ? <Badge tone="warning">the last one</Badge> : null}
        {mayWrite ? (
          <span className="seal-sink-actions">
            {state === 'key_changed' && holder?.key ? (
              <button type="button" className="button" onClick={() => setApproving(true)}>
                Approve its new key
              </button>
            ) : null}
            <TakeAwayButton {...{ secret, sink, isLast }} />
          </span>
        ) : null}
      </div>
      <KeyPrint sealKey={sink} />
      <p className="form-help">
        Approved by {approvedBy}, <TimeText at={approvedAt} />
        {sealedAt ? (
          <>
            {' · sealed '}
            <TimeText at={sealedAt} />
          </>
        ) : null}
      </p>
      <Waiting {...{ state, ready, holder }} />
      {holder ? <GrantDialog open={approving} onOpenChange={setApproving} secret={secret} choices={[holder]} /> : null}
    </li>
  );
}

/** Why a sink does not have it, and what that waits for. */
function Waiting({ state, ready, holder }: Pick<SinkRowProps, 'ready' | 'holder'> & { state: GrantedSink['state'] }) {
  if (state === 'ready') return null;
  if (state === 'key_changed')
    return (
      <p className="form-error text-warning">
        <TriangleAlert size={14} aria-hidden="true" />
        {holder?.key
          ? 'It has another key than the one that was approved, and gets it only once the new one is.'
          : 'It has no key any more: it was revoked, or is let in by a standing token now.'}
      </p>
    );
  return (
    <p className="form-help">
      {ready.length > 0
        ? `It gets it from ${ready.map(({ name }) => name).join(' or ')}, as soon as one of them is online.`
        : 'No sink has it any more to share: set the value again.'}
    </p>
  );
}

const refreshMs = 3_000;

function Refreshing() {
  useIntervalRefresh(refreshMs);
  return null;
}
