import type { EventDetail } from '@nexomatic/contracts/event-api';
import { formatOffset, instantMs } from '../time/format-time.ts';
import { TimeText } from '../time/time-text.tsx';

interface Deed {
  at: string;
  actor: string;
  what: string;
  detail: string;
}

const verbs: Record<string, string> = {
  recorded: 'recorded the result',
  retried: 'queued another attempt',
  lost: 'gave the attempt up as lost',
  handed_back: 'handed the attempt back',
  expired: 'let it expire',
  refused: 'refused to start it',
  cancelled: 'cancelled it',
  cancel_requested: 'asked its sink to end it',
  rerun: 'ran it again',
  replayed: 'sent a kept request once more',
  bypassed: 'fired it although only another kind of source may',
  stale_result: 'sent a result too late; it changed nothing',
};

/** What happened to an event and by whom, in order. */
export function ActivityList({ event }: { event: EventDetail }) {
  return (
    <ol className="activity">
      {deedsOf(event).map(({ at, actor, what, detail }, index) => (
        <li key={index}>
          <span className="activity-time">
            <TimeText at={at} />
            <span className="activity-offset">{formatOffset(instantMs(at) - instantMs(event.createdAt))}</span>
          </span>
          <span>
            <span className="font-medium">{actor}</span> {what}
            {detail ? <span className="text-muted"> — {detail}</span> : null}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** The log of deeds, with the two kinds that rows of their own already tell: the arrival and each start. */
function deedsOf(event: EventDetail): Deed[] {
  const parent = event.chain.find((one) => one.id === event.parentId);
  const by = event.source ?? parent?.type ?? 'another event';
  const deeds: Deed[] = [
    { at: event.createdAt, actor: by, what: event.edge ? `fired it on ${event.edge}` : 'fired it', detail: '' },
  ];
  for (const { startedAt, sink, number } of event.attempts) {
    deeds.push({ at: startedAt, actor: sink ?? 'a sink', what: `began attempt ${number}`, detail: '' });
  }
  for (const { at, actor, verb, detail } of event.activity)
    deeds.push({ at, actor: actor.replace(/^(sink|user|apiToken):/, ''), what: verbs[verb] ?? verb, detail });
  return deeds.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
