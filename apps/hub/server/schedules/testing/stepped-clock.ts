import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { systemClock } from '@nexomatic/clock';

/**
 * A time for schedules that stands still but for steps, the same for every process that knows the file. A step is announced
 * before it comes, so that it comes to all of them at one real instant, as a minute does.
 */
interface Step {
  before: number;
  /** Real time of the step. */
  at: number;
  after: number;
}

/** The time that the file tells, in milliseconds. */
export function readSteppedClock(file: string): number {
  const { before, at, after } = JSON.parse(readFileSync(file, 'utf8')) as Step;
  return systemClock.now() < at ? before : after;
}

/** From the real instant `at` on it is `after`. A reader sees the whole step or nothing of it. */
export function writeStep(file: string, step: Step): void {
  writeFileSync(`${file}.new`, JSON.stringify(step));
  renameSync(`${file}.new`, file);
}
