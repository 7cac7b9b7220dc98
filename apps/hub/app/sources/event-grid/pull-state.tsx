import type { EventGridStatus } from '@nexomatic/contracts/event-grid-api';
import { Badge } from '../../components/badge.tsx';
import { CircleCheck, CircleDashed, CirclePause, LoaderCircle, TriangleAlert } from '../../components/icons.ts';

const states = {
  incomplete: { word: 'incomplete', tone: 'warning', Icon: CircleDashed },
  paused: { word: 'paused', tone: 'neutral', Icon: CirclePause },
  starting: { word: 'starting', tone: 'info', Icon: LoaderCircle },
  receiving: { word: 'receiving', tone: 'good', Icon: CircleCheck },
  failing: { word: 'failing', tone: 'bad', Icon: TriangleAlert },
} as const;

/** How the pulling goes, by sign, word and colour. */
export function PullState({ state }: Pick<EventGridStatus, 'state'>) {
  const { word, tone, Icon } = states[state];
  return (
    <Badge tone={tone} icon={<Icon size={12} aria-hidden="true" />}>
      {word}
    </Badge>
  );
}
