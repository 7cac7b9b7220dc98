import type { SinkStatus as Status } from '@nexomatic/contracts/sink-api';
import { Badge } from '../components/badge.tsx';
import { CircleDashed, CircleDot, CirclePause, LoaderCircle, OctagonX } from '../components/icons.ts';
import { TimeText } from '../time/time-text.tsx';

const looks: Record<Status, { word: string; tone: 'good' | 'neutral' | 'warning' | 'bad'; Icon: typeof CircleDot }> = {
  ONLINE: { word: 'online', tone: 'good', Icon: CircleDot },
  OFFLINE: { word: 'offline', tone: 'neutral', Icon: CircleDashed },
  PAUSED: { word: 'paused', tone: 'warning', Icon: CirclePause },
  DRAINING: { word: 'draining', tone: 'warning', Icon: LoaderCircle },
  RESETTING: { word: 'resetting', tone: 'warning', Icon: LoaderCircle },
  KILLING: { word: 'killing', tone: 'bad', Icon: OctagonX },
  FORCE_KILLING: { word: 'force killing', tone: 'bad', Icon: OctagonX },
};

/** What each status is called. */
export const statusWord = (status: Status): string => looks[status].word;

interface SinkStatusProps {
  status: Status;
  lastSeenAt: string | null;
  /** What its agent said last; null once it is silent. Left out where that is not asked. */
  presence?: object | null;
}

/** Icon, word and colour of a sink's status; one that is offline also tells since when, one that pauses whether it is there. */
export function SinkStatus({ status, lastSeenAt, presence }: SinkStatusProps) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <StatusBadge status={status} />
      {status === 'PAUSED' && presence === null ? (
        <span className="text-faint text-xs">and its agent is not there</span>
      ) : null}
      {status === 'OFFLINE' ? (
        <span className="text-faint text-xs">
          {lastSeenAt ? (
            <>
              since <TimeText at={lastSeenAt} focusable={false} />
            </>
          ) : (
            'never started'
          )}
        </span>
      ) : null}
    </span>
  );
}

/** Icon, word and colour of a status alone. */
export function StatusBadge({ status }: { status: Status }) {
  const { word, tone, Icon } = looks[status];
  return (
    <Badge tone={tone} icon={<Icon size={12} aria-hidden="true" />}>
      {word}
    </Badge>
  );
}
