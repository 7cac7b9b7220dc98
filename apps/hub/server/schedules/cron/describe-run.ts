import type { Run } from './run-times.ts';
import { offsetAt } from './zone-shifts.ts';

/** A planned run as people read it. */
export interface DescribedRun {
  /** The instant, in UTC. */
  at: string;
  /** What the clock of the schedule's zone shows then: 2027-03-28T03:30:00. */
  local: string;
  /** How far that clock is ahead of UTC: +02:00. */
  offset: string;
  /** What setting the clock does to the run, if it does anything: "28 Mar: 02:30 does not exist, runs 03:30". */
  note: string | null;
}

/** A planned run on the clock of its zone, with a note if the clock is set around then. */
export function describeRun({ at, shift }: Run, timeZone: string): DescribedRun {
  const offset = offsetAt(timeZone, at.getTime());
  const wall = at.getTime() + offset;
  return {
    at: at.toISOString(),
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
