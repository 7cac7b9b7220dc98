import { shareOf, spreadOf } from '../measure/spread.ts';
import type { Sent } from './steady-sender.ts';

/** When the hub went and came back, on the sender's clock. */
export interface Outage {
  from: number;
  until: number;
  /** When the edge was not there, or had just come back: whoever sent then waited for it. */
  restarts: { from: number; until: number }[];
  /** From the hub's being ready until everything that waited had become an event. */
  drainedMs: number;
}

const row = (name: string, values: (string | number)[]): string => `| ${[name, ...values].join(' | ')} |`;
const ms = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(0));

/** What the run came to, as Markdown; `payloads` are those of all events, in the order in which they were fired. */
export function outageReport(sent: Sent[], payloads: string[], outage: Outage): string {
  const answered = sent.filter(({ status }) => status === 202 || status === 200);
  const times = new Map<string, number>();
  for (const payload of payloads) times.set(payload, (times.get(payload) ?? 0) + 1);
  const eventsOf = ({ n }: Sent): number => times.get(`{"n":${n}}`) ?? 0;
  const during = answered.filter(({ at }) => at >= outage.from && at < outage.until);
  const held = during.filter(({ said }) => said === 'buffered');
  const undisturbed = held.filter(
    ({ at, tries }) => tries === 1 && !outage.restarts.some(({ from, until }) => at >= from && at < until),
  );
  const first = during.slice(0, 5).map((one) => one.ms);
  const stood = spreadOf(answered.filter(({ at }) => at < outage.from).map((one) => one.ms));
  const open = spreadOf(undisturbed.slice(5).map((one) => one.ms));
  return [
    row('figure', ['measured', 'expected']),
    row('---', ['---', '---']),
    row('webhooks sent', [sent.length, '']),
    row('answered with success', [answered.length, sent.length]),
    row('of these held at the edge', [held.length, '']),
    row('tried more than once, because the edge was being killed', [sent.filter(({ tries }) => tries > 1).length, '']),
    row('lost (answered, no event)', [answered.filter((one) => eventsOf(one) === 0).length, 0]),
    row('doubled (more than one event)', [sent.filter((one) => eventsOf(one) > 1).length, 0]),
    row('refused for their age, or at all', [sent.length - answered.length, 0]),
    row('hub away, s', [((outage.until - outage.from) / 1_000).toFixed(1), '']),
    row('drained after its return, s', [(outage.drainedMs / 1_000).toFixed(1), '≤ 120']),
    row('answer while the hub is there, ms: p50, p99', [`${ms(stood.p50)}, ${ms(stood.p99)}`, '≤ 250']),
    row('answer of the first five without it, ms: most', [ms(shareOf(first, 1)), '≤ 2000']),
    row('answer of later ones while the edge was not being started, ms: p50, p99', [
      `${ms(open.p50)}, ${ms(open.p99)}`,
      '≤ 100',
    ]),
    '',
  ].join('\n');
}
