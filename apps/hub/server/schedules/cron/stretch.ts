import type { WallTimes } from './wall-times.ts';
import type { ZoneShift } from './zone-shifts.ts';

/** A time in which a zone's clock is not set, between two shifts (null: none is near). */
export interface Stretch {
  begun: ZoneShift | null;
  ended: ZoneShift | null;
  end: number;
  offset: number;
}

/** What setting the clock does to a run. */
export type ShiftOfRun =
  /** Its time on the wall is jumped over, so it comes later. `joined`: another time of the expression falls there too. */
  | { kind: 'moved'; byMs: number; joined: boolean }
  /** Its time on the wall comes a second time. `once`: without a run. */
  | { kind: 'first_pass'; once: boolean }
  | { kind: 'second_pass' };

export interface ShiftedRun {
  at: number;
  shift: ShiftOfRun | null;
}

/** An expression, and whether it runs at both passes of a time that comes twice. */
export interface Expression {
  wallTimes: WallTimes;
  followsClock: boolean;
}

/**
 * The runs of an expression in a stretch after an instant, oldest first. After a jump the old clock ticks on for as long as
 * the jump was, beside the new one: its times are those that were jumped over. After a step back the new clock is not heard
 * until it is past the old one, unless the expression follows the clock.
 */
export function* runsInStretch(expression: Expression, stretch: Stretch, after: number): Generator<ShiftedRun> {
  const { begun, offset, end } = stretch;
  const jumpEnd = begun ? begun.at + begun.after - begun.before : 0;
  const quietEnd = begun && !expression.followsClock ? begun.at + stepBack(begun) : 0;
  let from = after;
  for (;;) {
    const own = firstRun(expression, offset, Math.max(from, quietEnd - 1), end);
    const moved =
      begun && from < jumpEnd ? firstRun(expression, begun.before, Math.max(from, begun.at - 1), jumpEnd) : null;
    const at = Math.min(own ?? end, moved ?? end);
    if (at >= end) return;
    const jump: ShiftOfRun = { kind: 'moved', byMs: jumpEnd - (begun?.at ?? 0), joined: own === at };
    yield { at, shift: moved === at ? jump : passOf(expression, stretch, at) };
    from = at;
  }
}

/** The first instant after another and before `end` at which a clock of this offset shows a time of the expression. */
function firstRun({ wallTimes }: Expression, offset: number, after: number, end: number): number | null {
  const wall = wallTimes.after(after + offset);
  return wall !== null && wall - offset < end ? wall - offset : null;
}

function passOf({ followsClock }: Expression, { begun, ended }: Stretch, at: number): ShiftOfRun | null {
  if (begun && at < begun.at + stepBack(begun)) return { kind: 'second_pass' };
  if (ended && at >= ended.at - stepBack(ended)) return { kind: 'first_pass', once: !followsClock };
  return null;
}

const stepBack = ({ before, after }: ZoneShift): number => Math.max(0, before - after);
