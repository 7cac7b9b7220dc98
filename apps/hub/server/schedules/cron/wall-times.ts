import { CronExpressionParser } from 'cron-parser';
import { remembered } from './remembered.ts';

/**
 * The times on the wall that an expression names, as milliseconds of a clock that is never set: what the library computes
 * in UTC. Its own zones are not used, since it moves by whole hours: on Lord Howe, where the clock is set by half an hour,
 * it loses runs.
 */
export interface WallTimes {
  /** The first of them after another; null when there is none for longer than any calendar needs. */
  after(wall: number): number | null;
}

/** Of an expression that has passed `cronFault`. Reading one takes ten times as long as a step. */
export const wallTimesOf: (cron: string) => WallTimes = remembered(2000, (cron) => {
  const expression = CronExpressionParser.parse(cron, { tz: 'UTC' });
  return {
    after(wall) {
      expression.reset(new Date(wall));
      try {
        return expression.next().getTime();
      } catch {
        return null;
      }
    },
  };
});
