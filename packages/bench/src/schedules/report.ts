import type { ProvedRuns } from '@nexomatic/hub/server/schedules/testing/prove-runs';
import { shareOf } from '../measure/spread.ts';
import type { IdleFigures } from './measure-idle.ts';
import type { TickCosts } from './measure-ticks.ts';

const ms = (values: number[], share: number): string => (values.length === 0 ? '-' : shareOf(values, share).toFixed(0));
const fine = (values: number[], share: number): string => shareOf(values, share).toFixed(2);

/** What became of the runs, as lines of text. */
export function proofReport({ occurrences, missed, doubled, driftMs, faults }: ProvedRuns, due: number): string[] {
  const row = ([what, values]: [string, number[]]): string =>
    `| ${what} | ${faults[what] ?? '-'} | ${values.length} | ${ms(values, 0.5)} | ${ms(values, 0.99)} | ${ms(values, 1)} |`;
  return [
    `${due} runs due: ${occurrences} rows, ${missed} missed, ${doubled} doubled`,
    '',
    '| under way | times | events | made after p50 ms | p99 ms | most ms |',
    '|---|---|---|---|---|---|',
    ...[...Object.entries(driftMs), ['all', Object.values(driftMs).flat()] satisfies [string, number[]]].map(row),
  ];
}

/** What a look at the due schedules costs. */
export function tickReport({ bySize, burst }: TickCosts): string[] {
  return [
    '| schedules | nothing due: p50 ms | p99 ms | ten fire: p50 ms | p99 ms |',
    '|---|---|---|---|---|',
    ...bySize.map(({ schedules, emptyMs, tenMs }) => {
      const cells = [fine(emptyMs, 0.5), fine(emptyMs, 0.99), fine(tenMs, 0.5), fine(tenMs, 0.99)];
      return `| ${schedules} | ${cells.join(' | ')} |`;
    }),
    '',
    `${burst.schedules} fire at one look: ${burst.ms.toFixed(0)} ms, ${(burst.ms / burst.schedules).toFixed(2)} ms each`,
  ];
}

/** What a hub and its servers use while nothing is due. */
export function idleReport(figures: IdleFigures[]): string[] {
  const percent = (part: number): string => `${(part * 100).toFixed(2)} %`;
  return [
    '| schedules | hub CPU | database CPU | Redis CPU | hub MB |',
    '|---|---|---|---|---|',
    ...figures.map(({ schedules, hubCpu, databaseCpu, redisCpu, hubBytes }) => {
      const cells = [percent(hubCpu), percent(databaseCpu), percent(redisCpu), (hubBytes / 1_048_576).toFixed(0)];
      return `| ${schedules} | ${cells.join(' | ')} |`;
    }),
  ];
}
