import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '@nexomatic/clock';
import type { ArchiveFault } from '@nexomatic/contracts/instance-api';
import { readInstanceSetting } from '@nexomatic/db/ledger/instance-settings';
import type { LinkState } from './blob-link.ts';
import type { OutageSite } from './open-outage-site.ts';

/** What the store does, from which part of the outage on: hubs try further and further apart. */
const course: [from: number, state: LinkState][] = [
  [0, 'refuses'],
  [0.04, 'forbids'],
  [0.1, 'hangs'],
  [0.2, 'slow'],
  [0.45, 'stalls'],
];

/** What hubs told of the store, each as often as they tried. */
export type ToldFaults = Map<string, number>;

/** Breaks the store for so long; gives what hubs said about it. */
export async function breakStore(
  site: OutageSite,
  seconds: number,
  say: (text: string) => void,
): Promise<{ told: ToldFaults }> {
  const told: ToldFaults = new Map();
  const from = systemClock.monotonic();
  let current: LinkState = 'passes';
  let last = '';
  for (let share = 0; share < 1; share = (systemClock.monotonic() - from) / (seconds * 1_000)) {
    const state = course.findLast(([at]) => at <= share)?.[1] ?? 'refuses';
    if (state !== current) {
      say(`the store ${state}`);
      site.setLinks(state);
      if (current === 'passes') await site.startAnew();
      current = state;
    }
    const fault = await faultOf(site);
    if (fault && `${fault.since} ${fault.times}` !== last) {
      last = `${fault.since} ${fault.times}`;
      told.set(fault.message, (told.get(fault.message) ?? 0) + 1);
      say(`told: ${fault.message} (${fault.times})`);
    }
    await pause(500);
  }
  site.setLinks('passes');
  return { told };
}

export async function faultOf({ sql }: OutageSite): Promise<ArchiveFault | null> {
  const text = await readInstanceSetting(sql, 'archive.fault');
  return text ? (JSON.parse(text) as ArchiveFault) : null;
}
