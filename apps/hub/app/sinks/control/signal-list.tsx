import type { SignalSummary } from '@nexomatic/contracts/signal-api';
import { Link, useParams } from '@remix-run/react';
import { Badge } from '../../components/badge.tsx';
import { Check, CircleDashed, Clock } from '../../components/icons.ts';
import { instantMs } from '../../time/format-time.ts';
import { useTicking } from '../../time/now.ts';
import { TimeText } from '../../time/time-text.tsx';
import { signalWords } from './command-words.ts';

/** What a sink was told, by whom, and how far it got: sent, received, done. */
export function SignalList({ signals }: { signals: readonly SignalSummary[] }) {
  if (signals.length === 0) return <p className="text-muted text-sm">It was told nothing in the last 90 days.</p>;
  return (
    <ol className="signals" aria-live="polite">
      {signals.map((signal) => (
        <Signal key={signal.id} signal={signal} />
      ))}
    </ol>
  );
}

function Signal({ signal }: { signal: SignalSummary }) {
  const { kind, by, sentAt, receivedAt, doneAt, outcome, detail, late } = signal;
  return (
    <li>
      <p className="signal-head">
        <span className="font-medium">{signalWords[kind]}</span>
        <EventOf signal={signal} />
        <span className="text-muted">by {nameOf(by)}</span>
        <Outcome outcome={outcome} />
      </p>
      <ol className="signal-steps" aria-label="Delivery">
        <Step word="sent" at={sentAt} />
        <Step word="received" at={receivedAt} />
        <Step word="done" at={outcome === 'expired' || outcome === 'replaced' ? null : doneAt} />
      </ol>
      {detail ? <p className="text-muted text-sm">{detail}</p> : null}
      {late ? <Late late={late} /> : null}
    </li>
  );
}

function EventOf({ signal: { event } }: { signal: SignalSummary }) {
  const { tenant = '' } = useParams();
  if (!event) return null;
  return (
    <Link to={`/t/${tenant}/events/${event.id}`} className="link">
      attempt {event.attempt}
    </Link>
  );
}

function Step({ word, at }: { word: string; at: string | null }) {
  const Icon = at === null ? CircleDashed : Check;
  return (
    <li data-reached={at !== null || undefined}>
      <Icon size={12} aria-hidden="true" />
      {at === null ? <span className="sr-only">not yet </span> : null}
      {word}
      {at === null ? null : <TimeText at={at} />}
    </li>
  );
}

const outcomes = {
  failed: ['failed', 'bad'],
  replaced: ['taken back', 'neutral'],
  expired: ['expired', 'warning'],
} as const;

function Outcome({ outcome }: Pick<SignalSummary, 'outcome'>) {
  if (outcome === null || outcome === 'done') return null;
  const [word, tone] = outcomes[outcome];
  return <Badge tone={tone}>{word}</Badge>;
}

/** Said only once it takes longer than it should. */
function Late({ late }: { late: NonNullable<SignalSummary['late']> }) {
  const from = instantMs(late.from);
  const isLate = useTicking((now) => (now >= from ? 1 : 0)) === 1;
  if (!isLate) return null;
  return (
    <p className="explain" data-warning="true">
      <Clock size={14} aria-hidden="true" />
      <span>{late.text}</span>
    </p>
  );
}

/** `user:Ada` is Ada; a program and a machine are told as such. */
function nameOf(by: string): string {
  const [kind, ...rest] = by.split(':');
  const name = rest.join(':');
  if (kind === 'user') return name;
  if (kind === 'apiToken') return `${name} (API token)`;
  return kind === 'sink' ? 'somebody at its machine' : 'the hub';
}
