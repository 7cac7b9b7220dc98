/** The part of V8's CPU profile format (`--cpu-prof`) that says where time went. */
export interface CpuProfile {
  nodes: {
    id: number;
    callFrame: { functionName: string; url: string; lineNumber: number };
  }[];
  /** Id of the node that was running at each sample. */
  samples: number[];
  /** Microseconds since the sample before. */
  timeDeltas: number[];
}

export interface SelfTime {
  /** A function with its place, or a whole package. */
  where: string;
  micros: number;
}

/** Time spent in each function itself, without what it calls; the most first. Idle time is left out. */
export function selfTimes(profile: CpuProfile, by: 'function' | 'package'): SelfTime[] {
  const places = new Map(
    profile.nodes.map(({ id, callFrame }) => [id, by === 'function' ? placeOf(callFrame) : packageOf(callFrame)]),
  );
  const micros = new Map<string, number>();
  for (const [i, sample] of profile.samples.entries()) {
    const where = places.get(sample);
    if (where === undefined || where === '(idle)') continue;
    micros.set(where, (micros.get(where) ?? 0) + (profile.timeDeltas[i] ?? 0));
  }
  return [...micros].map(([where, spent]) => ({ where, micros: spent })).toSorted((a, b) => b.micros - a.micros);
}

type CallFrame = CpuProfile['nodes'][number]['callFrame'];

function placeOf({ functionName, url, lineNumber }: CallFrame): string {
  const name = functionName || '(anonymous)';
  return url ? `${name}  ${shortPath(url)}:${lineNumber + 1}` : name;
}

/** `bullmq`, `@trpc/server`, `node`, `apps/hub`, or V8's own `(garbage collector)` and `(program)`. */
function packageOf({ functionName, url }: CallFrame): string {
  if (functionName === '(idle)') return '(idle)';
  if (!url) return functionName.startsWith('(') ? functionName : '(native)';
  if (url.startsWith('node:')) return 'node';
  const installed = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  return installed ?? shortPath(url).split('/').slice(0, 2).join('/');
}

/** From the package on, for installed ones; from the workspace on, for our own. */
const shortPath = (url: string): string =>
  url.replace(/^file:\/\/.*\/node_modules\//, '').replace(/^file:\/\/.*?\/(?=(?:apps|packages|workers)\/)/, '');
