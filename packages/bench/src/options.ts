import { parseArgs } from 'node:util';

export const usage = `usage: npm run bench -- [options]
  --events N         events per round, 20000 if not given
  --rounds N         rounds of each kind, taken in turn, 2 if not given
  --connections N    connections that send webhooks at once, 256 if not given
  --slots N          events that the sink, or the bare worker, holds at once, 256 if not given
  --idle N           events sent one at a time to measure latency, 200 if not given
  --cpu-prof FOLDER  leave V8 CPU profiles of hub and sink there (they make the run slower)
  --json             all figures as one JSON object on stdout
  --help             this text`;

export interface BenchOptions {
  events: number;
  rounds: number;
  connections: number;
  slots: number;
  idle: number;
  cpuProfiles: string | null;
  json: boolean;
}

/** Null when help was asked for. Throws with a sentence for people when an option is unknown or not a number. */
export function readOptions(args: string[]): BenchOptions | null {
  const { values } = parseArgs({
    args,
    options: {
      events: { type: 'string', default: '20000' },
      rounds: { type: 'string', default: '2' },
      connections: { type: 'string', default: '256' },
      slots: { type: 'string', default: '256' },
      idle: { type: 'string', default: '200' },
      'cpu-prof': { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  return {
    events: wholeNumber('events', values.events),
    rounds: wholeNumber('rounds', values.rounds),
    connections: wholeNumber('connections', values.connections),
    slots: wholeNumber('slots', values.slots),
    idle: wholeNumber('idle', values.idle),
    cpuProfiles: values['cpu-prof'] ?? null,
    json: values.json,
  };
}

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error(`--${name} takes a whole number from 1 to 9999999, not "${text}"`);
  return Number(text);
}
