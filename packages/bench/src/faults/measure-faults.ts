import { setTimeout as pause } from 'node:timers/promises';
import { microseconds } from '../measure/instant.ts';
import { readUsage } from '../measure/process-usage.ts';
import { openScene, type SceneOptions } from './open-scene.ts';

/** A sink that is turned away may ask often for so long; after that it is watched. */
const settledMs = 10_000;
const watchedMs = 20_000;
const longMs = 90_000;

export interface FaultFigures {
  /** From when all its connections went dead until an event that was fired then is done. */
  halfOpenMs: number;
  /** From asking to revoke a sink until its module's last sign of life, and until its agent has ended. */
  revokedModuleMs: number;
  revokedAgentMs: number;
  /** How long two attempts of one event ran at the same time after an agent was frozen; below 0: the time between them. */
  overlapMs: number;
  /** Of an agent that is turned away: connections a second, and the part of one processor that it uses. */
  deniedTries: number;
  deniedCpu: number;
}

export async function measureFaults(options: SceneOptions): Promise<FaultFigures> {
  return {
    halfOpenMs: await measureHalfOpen(options),
    ...(await measureRevoke(options)),
    overlapMs: await measureOverlap(options),
    ...(await measureDenied(options)),
  };
}

const now = (): number => microseconds() / 1_000;

async function measureHalfOpen(options: SceneOptions): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const scene = await openScene('quick', options, stack);
  await scene.start('state');
  await scene.succeeded(await scene.fire(), longMs);
  for (const link of scene.links) link.set('halfOpen');
  const from = now();
  await scene.succeeded(await scene.fire(), longMs);
  return now() - from;
}

async function measureRevoke(options: SceneOptions) {
  await using stack = new AsyncDisposableStack();
  const scene = await openScene('tracing', options, stack);
  const sink = await scene.start('state');
  await scene.fire();
  await scene.traces(50);
  const from = now();
  await scene.revoke();
  await sink.ended();
  const endedAt = now();
  const last = (await scene.traces(1)).at(-1)?.at ?? Number.NaN;
  return { revokedModuleMs: last - from, revokedAgentMs: endedAt - from };
}

async function measureOverlap(options: SceneOptions): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const scene = await openScene('tracing', options, stack);
  const frozen = await scene.start('state');
  const id = await scene.fire();
  await scene.traces(50);
  frozen.child.kill('SIGSTOP');
  await scene.start('other', await scene.anotherToken());
  await scene.succeeded(id, longMs);
  const traces = await scene.traces(1);
  const lastOfFirst = traces.findLast(({ attempt }) => attempt === 1)?.at ?? Number.NaN;
  const firstOfSecond = traces.find(({ attempt }) => attempt > 1)?.at ?? Number.NaN;
  return lastOfFirst - firstOfSecond;
}

async function measureDenied(options: SceneOptions) {
  await using stack = new AsyncDisposableStack();
  const scene = await openScene('quick', options, stack);
  const { child } = await scene.start('state');
  for (const link of scene.links) link.set('refuse');
  const tries = (): number => scene.links.reduce((sum, link) => sum + link.connections(), 0);
  await pause(settledMs);
  const [before, used, from] = [tries(), readUsage(child.pid ?? 0), microseconds()];
  await pause(watchedMs);
  const [after, usedThen, until] = [tries(), readUsage(child.pid ?? 0), microseconds()];
  return {
    deniedTries: (after - before) / ((until - from) / 1_000_000),
    deniedCpu: (usedThen.cpuMicros - used.cpuMicros) / (until - from),
  };
}
