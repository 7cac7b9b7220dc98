import type { Idle, Round, RoundUsage } from '../contestant.ts';
import { meanOf, type Spread } from '../measure/spread.ts';
import { cpuPerEvent, eventsPerSecond, type Figures, verdictsOf } from './figures.ts';

type Align = 'left' | 'right';

/** All figures as text for people. */
export function reportText(figures: Figures): string {
  const { platform, events, connections, slots, bare, pipeline } = figures;
  return [
    platform.join(' · '),
    `${thousands(events)} events per round; ${connections} connections; ${slots} slots`,
    '',
    table([['round', 'events/s', 'CPU µs/event', 'SQL/event', 'sender µs/event'], ...roundRows(figures)]),
    '',
    table([['CPU µs/event by process', 'bare', 'pipeline', 'peak MB'], ...processRows(figures)]),
    '',
    table([[`idle, ${figures.idleEvents} one at a time, ms`, 'p50', 'p99'], ...idleRows(bare.idle, pipeline.idle)]),
    '',
    ...verdictsOf(figures).map(
      ({ what, expected, found, pass }) => `${pass ? '✓ pass' : '✗ miss'}  ${what}: ${found} (expected ${expected})`,
    ),
    '',
  ].join('\n');
}

function roundRows({ events, bare, pipeline }: Figures): string[][] {
  const row = (name: string, round: Round): string[] => [
    name,
    thousands(eventsPerSecond(round, events)),
    cpuPerEvent(round, events).toFixed(0),
    round.sqlStatements === null ? '–' : (round.sqlStatements / events).toFixed(3),
    round.loadGenerator ? (round.loadGenerator.cpuMicros / events).toFixed(0) : '–',
  ];
  return bare.rounds.flatMap((round, i) => {
    const other = pipeline.rounds[i];
    return [row(`bare ${i + 1}`, round), ...(other ? [row(`pipeline ${i + 1}`, other)] : [])];
  });
}

function processRows({ events, bare, pipeline }: Figures): string[][] {
  const used = (rounds: Round[], name: string): RoundUsage[] =>
    rounds.flatMap(({ processes }) => processes[name] ?? []);
  const cpu = (usage: RoundUsage[]): string =>
    usage.length > 0 ? (meanOf(usage.map(({ cpuMicros }) => cpuMicros)) / events).toFixed(0) : '–';
  const names = new Set([...bare.rounds, ...pipeline.rounds].flatMap(({ processes }) => Object.keys(processes)));
  return [...names].map((name) => {
    const [inBare, inPipeline] = [used(bare.rounds, name), used(pipeline.rounds, name)];
    const peak = Math.max(...[...inBare, ...inPipeline].map(({ peakBytes }) => peakBytes));
    return [name, cpu(inBare), cpu(inPipeline), (peak / 2 ** 20).toFixed(0)];
  });
}

function idleRows(bare: Idle, pipeline: Idle): string[][] {
  const row = (name: string, spread: Spread | null): string[][] =>
    spread ? [[name, spread.p50.toFixed(2), spread.p99.toFixed(2)]] : [];
  return [
    ...row('bare: add → processor', bare.start),
    ...row('pipeline: webhook → 202', pipeline.answer),
    ...row('pipeline: webhook → handler', pipeline.start),
    ...row('pipeline: webhook → SUCCESS', pipeline.success),
  ];
}

const thousands = (value: number): string => Math.round(value).toLocaleString('en-GB');

/** The first column to the left, the others to the right. */
function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const pad = (text: string, width: number, align: Align): string =>
    align === 'left' ? text.padEnd(width) : text.padStart(width);
  return rows
    .map((row) => row.map((cell, i) => pad(cell, widths[i] ?? 0, i === 0 ? 'left' : 'right')).join('   '))
    .join('\n');
}
