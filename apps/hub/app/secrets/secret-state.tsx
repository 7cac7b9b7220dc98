import type { SecretState as KeptState } from '@nexomatic/contracts/secret-api';
import { Badge } from '../components/badge.tsx';
import { CircleCheck, CircleDashed, Clock, OctagonX, TriangleAlert } from '../components/icons.ts';

type State = KeptState | 'missing';

const looks: Record<
  State,
  { word: string; tone: 'good' | 'neutral' | 'warning' | 'bad'; Icon: typeof Clock; means: string }
> = {
  missing: {
    word: 'referenced but missing',
    tone: 'bad',
    Icon: OctagonX,
    means: 'Parameters name it and there is no secret of that name: their events end as ERROR before any code runs.',
  },
  no_value: {
    word: 'no value',
    tone: 'bad',
    Icon: CircleDashed,
    means: 'Events whose parameters name it end as ERROR before any code runs.',
  },
  lost: {
    word: 'lost',
    tone: 'bad',
    Icon: OctagonX,
    means:
      'No sink has its value any more, and nobody else can open it. Events whose parameters name it end as ERROR until it is set again.',
  },
  expired: {
    word: 'reminder is due',
    tone: 'warning',
    Icon: TriangleAlert,
    means: 'The day on which you wanted to be reminded is over. It goes on working.',
  },
  expires_soon: {
    word: 'expires soon',
    tone: 'warning',
    Icon: Clock,
    means: 'The day on which you wanted to be reminded is near.',
  },
  unused: { word: 'unused for 90 days', tone: 'neutral', Icon: Clock, means: 'No event was given it for 90 days.' },
  ok: { word: 'ok', tone: 'good', Icon: CircleCheck, means: 'It has a value, and parameters can name it.' },
};

/** Each state with what it is called, the worst first. */
export const shownStates = Object.entries(looks).map(([state, { word }]) => [state, word] as const);

/** What a state is called. */
export const stateWord = (state: State): string => looks[state].word;

/** What a state means, in a sentence. */
export const stateMeaning = (state: State): string => looks[state].means;

/** Icon, word and colour of what is the matter with a secret. */
export function SecretState({ state }: { state: State }) {
  const { word, tone, Icon } = looks[state];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden="true" />}>
      {word}
    </Badge>
  );
}
