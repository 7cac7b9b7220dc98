import { readdirSync, readFileSync } from 'node:fs';
import { readUsage } from '../measure/process-usage.ts';

/** CPU time in microseconds that all living processes of a group have used: wrangler starts workerd, which does the work. */
export function groupCpuMicros(groupId: number): number {
  let sum = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      if (groupOf(stat) === groupId) sum += readUsage(Number(name)).cpuMicros;
    } catch {
      // It ended between being listed and being read.
    }
  }
  return sum;
}

/** Field 5. The second field is the program's name and may hold spaces and brackets. */
const groupOf = (stat: string): number => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
