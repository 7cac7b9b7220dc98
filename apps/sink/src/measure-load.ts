import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import type { Clock } from '@nexomatic/clock';
import type { Heartbeat } from '@nexomatic/contracts/sink-protocol';

type Load = Required<Pick<Heartbeat, 'machine' | 'agent'>>;

/** Gives, at each call, what machine and agent used since the call before (at the first: since they began). */
export function createLoadMeter(clock: Clock): () => Load {
  let before = { at: 0, own: 0, busy: 0, all: 0 };
  return () => {
    const { user, system } = process.cpuUsage();
    const now = { at: clock.monotonic(), own: (user + system) / 1_000, ...machineTimes() };
    const elapsed = now.at - before.at;
    const all = now.all - before.all;
    const load: Load = {
      machine: { cpu: portion(now.busy - before.busy, all), memory: portion(totalmem() - freemem(), totalmem()) },
      agent: {
        cpu: elapsed > 0 ? Math.max(0, Math.min((now.own - before.own) / elapsed, availableParallelism())) : 0,
        memoryBytes: process.memoryUsage.rss(),
      },
    };
    before = now;
    return load;
  };
}

function machineTimes(): { busy: number; all: number } {
  let idle = 0;
  let all = 0;
  for (const { times } of cpus()) {
    idle += times.idle;
    all += times.user + times.nice + times.sys + times.irq + times.idle;
  }
  return { busy: all - idle, all };
}

const portion = (used: number, whole: number): number => (whole > 0 ? Math.max(0, Math.min(used / whole, 1)) : 0);
