import type { ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import { Badge } from '../components/badge.tsx';
import { CircleCheck, CircleDashed, CirclePause, CircleX } from '../components/icons.ts';
import { statusWords } from './schedule-words.ts';

const looks = {
  on: { tone: 'good', Icon: CircleCheck },
  paused: { tone: 'warning', Icon: CirclePause },
  off: { tone: 'neutral', Icon: CircleX },
  ended: { tone: 'neutral', Icon: CircleDashed },
} as const;

/** What a schedule does just now, by sign and word. */
export function ScheduleStatus({ status }: Pick<ScheduleSummary, 'status'>) {
  const { tone, Icon } = looks[status];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden="true" />}>
      {statusWords[status]}
    </Badge>
  );
}
