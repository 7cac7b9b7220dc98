import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a process has used so far. Linux only: read from /proc, so that it costs the process itself nothing. */
export interface ProcessUsage {
  /** User and system time of all its threads, in microseconds; steps of one clock tick (mostly 10 ms). */
  cpuMicros: number;
  /** Resident memory now, and the most it ever had, in bytes. */
  residentBytes: number;
  peakBytes: number;
}

let microsPerTick = 0;

export function readUsage(pid: number): ProcessUsage {
  microsPerTick ||= 1_000_000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return {
    cpuMicros: ticksOf(readFileSync(`/proc/${pid}/stat`, 'utf8')) * microsPerTick,
    ...memoryOf(readFileSync(`/proc/${pid}/status`, 'utf8')),
  };
}

/** utime + stime, fields 14 and 15. The second field is the program's name and may hold spaces and brackets. */
export function ticksOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

export function memoryOf(status: string): Pick<ProcessUsage, 'residentBytes' | 'peakBytes'> {
  const bytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? Number.NaN) * 1024;
  return { residentBytes: bytes('VmRSS'), peakBytes: bytes('VmHWM') };
}
