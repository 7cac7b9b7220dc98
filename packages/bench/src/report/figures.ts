import type { Idle, Round } from '../contestant.ts';
import { meanOf } from '../measure/spread.ts';

/** All that was measured in one run; what `--json` prints. */
export interface Figures {
  /** What it ran on: machine and versions, as text. */
  platform: string[];
  events: number;
  connections: number;
  slots: number;
  idleEvents: number;
  bare: { rounds: Round[]; idle: Idle };
  pipeline: { rounds: Round[]; idle: Idle };
}

export const eventsPerSecond = (round: Round, events: number): number => events / round.seconds;

/** Microseconds of CPU for one event, over all processes that are compared. */
export function cpuPerEvent(round: Round, events: number): number {
  return Object.values(round.processes).reduce((sum, { cpuMicros }) => sum + cpuMicros, 0) / events;
}

/** The mean of a figure over rounds. */
const overRounds = (rounds: Round[], read: (round: Round) => number): number => meanOf(rounds.map(read));

export interface Verdict {
  what: string;
  expected: string;
  found: string;
  pass: boolean;
}

/** What the pipeline is expected to do here. A miss is told, and is no failure: machines differ. */
export function verdictsOf({ events, bare, pipeline }: Figures): Verdict[] {
  const speed = (rounds: Round[]): number => overRounds(rounds, (round) => eventsPerSecond(round, events));
  const cpu = (rounds: Round[]): number => overRounds(rounds, (round) => cpuPerEvent(round, events));
  const ratio = speed(pipeline.rounds) / speed(bare.rounds);
  const cpuRatio = cpu(pipeline.rounds) / cpu(bare.rounds);
  const sql = overRounds(pipeline.rounds, ({ sqlStatements }) => (sqlStatements ?? Number.NaN) / events);
  const start = pipeline.idle.start.p50 / bare.idle.start.p50;
  const times = (value: number): string => `${value.toFixed(2)} × bare`;
  return [
    { what: 'events per second', expected: 'at least 0.40 × bare', found: times(ratio), pass: ratio >= 0.4 },
    { what: 'CPU per event', expected: 'at most 2.50 × bare', found: times(cpuRatio), pass: cpuRatio <= 2.5 },
    { what: 'SQL statements per event', expected: 'at most 0.40', found: sql.toFixed(3), pass: sql <= 0.4 },
    { what: 'idle start, p50', expected: 'at most 3.00 × bare', found: times(start), pass: start <= 3 },
  ];
}
