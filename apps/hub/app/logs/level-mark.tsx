import type { FoundRecord } from '@nexomatic/contracts/log-search-api';
import { Circle, CircleDot, Info, OctagonX, SquareTerminal, TriangleAlert } from '../components/icons.ts';

/** Levels as they are drawn: the gravest first. `none` is output, which has no level. */
export const levels = [
  { level: 'error', word: 'error', icon: OctagonX },
  { level: 'warn', word: 'warn', icon: TriangleAlert },
  { level: 'info', word: 'info', icon: CircleDot },
  { level: 'debug', word: 'debug', icon: Circle },
  { level: 'none', word: 'output', icon: SquareTerminal },
] as const;

type Kind = Pick<FoundRecord, 'level' | 'channel'>;

/** A record's level, or the channel of output: icon, word and colour. */
export function LevelMark({ level, channel }: Kind) {
  const shown = levels.find((one) => one.level === (level ?? 'none'));
  const Icon = channel === 'marker' ? Info : (shown?.icon ?? Circle);
  return (
    <span className={`level level-${level ?? 'none'}`}>
      <Icon size={13} aria-hidden="true" />
      {channel === 'marker' ? 'note' : level === null ? channel : level}
    </span>
  );
}
