import type { Clock } from '@nexomatic/clock';

type Level = 'info' | 'error';

/**
 * One JSON line per unit of work, in the form of the hub's lines. `console` is the only log there is in workerd, and
 * `log` its only method that `wrangler dev` prints as it is. The source key stands in the address, so no address is
 * ever logged.
 */
export function writeLog(clock: Clock, level: Level, event: string, fields: Record<string, unknown>): void {
  const line = { level, time: new Date(clock.now()).toISOString(), service: 'edge', ...fields, event };
  // biome-ignore lint/suspicious/noConsole: see above
  console.log(JSON.stringify(line));
}
