import type { PlannedRun } from '@nexomatic/contracts/schedule-preview';
import type { Run } from './run-times.ts';
import { offsetAt } from './zone-shifts.ts';

/** A planned run on the clock of its zone, with a note if the clock is set around then. */
export function describeRun({ at, shift }: Run, timeZone: string, jitterSeconds: number): Omit<PlannedRun, 'blackout'> {
  const offset = offsetAt(timeZone, at.getTime());
  const wall = at.getTime() + offset;
  return {
    at: at.toISOString(),
    latestAt: new Date(at.getTime() + jitterSeconds * 1000).toISOString(),
    local: new Date(wall).toISOString().slice(0, 19),
    offset: offsetText(offset),
    note: shift && `${dayText(wall)}: ${noteOf(shift, wall)}`,
  };
}

function noteOf(shift: NonNullable<Run['shift']>, wall: number): string {
  const time = timeText(wall);
  if (shift.kind === 'second_pass') return `${time} comes twice, this is the second`;
  if (shift.kind === 'first_pass')
    return `${time} comes twice, ${shift.once ? 'runs at the first only' : 'runs at both'}`;
  const missing = wall - shift.byMs;
  const sameDay = dayText(missing) === dayText(wall);
  return `${sameDay ? '' : `${dayText(missing)} `}${timeText(missing)} does not exist, runs ${time}${shift.joined ? ', together with the run of then' : ''}`;
}

const dayText = (wall: number): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' }).format(wall);

const timeText = (wall: number): string => new Date(wall).toISOString().slice(11, 16);

function offsetText(offset: number): string {
  const minutes = Math.abs(offset) / 60_000;
  const two = (number: number): string => String(Math.floor(number)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
