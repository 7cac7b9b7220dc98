import { setTimeout as sleep } from 'node:timers/promises';
import type { Contestant, Round } from './contestant.ts';
import type { BenchOptions } from './options.ts';
import type { Figures } from './report/figures.ts';

/** Lets what one round left behind (dirty pages, garbage) be done with before the next. */
const settleMs = 2_000;

/** Idle latency first, then the rounds in turn: bare, pipeline, bare, pipeline. */
export async function runRounds(
  bare: Contestant,
  pipeline: Contestant,
  { events, rounds, connections, slots, idle }: BenchOptions,
  say: (text: string) => void,
): Promise<Omit<Figures, 'platform'>> {
  const warmUpEvents = Math.min(events, 10_000);
  say(`warming up with ${warmUpEvents} events`);
  await bare.warmUp(warmUpEvents);
  await pipeline.warmUp(warmUpEvents);

  say(`idle: ${idle} events, one at a time`);
  await sleep(settleMs);
  const bareIdle = await bare.idle(idle, shortPause);
  const pipelineIdle = await pipeline.idle(idle, shortPause);

  const bareRounds: Round[] = [];
  const pipelineRounds: Round[] = [];
  for (let i = 1; i <= rounds; i += 1) {
    await sleep(settleMs);
    bareRounds.push(await told(`bare ${i}`, bare));
    await sleep(settleMs);
    pipelineRounds.push(await told(`pipeline ${i}`, pipeline));
  }

  async function told(name: string, contestant: Contestant): Promise<Round> {
    const round = await contestant.round(events);
    say(`${name}: ${events} events in ${round.seconds.toFixed(2)} s`);
    return round;
  }

  return {
    events,
    connections,
    slots,
    idleEvents: idle,
    bare: { rounds: bareRounds, idle: bareIdle },
    pipeline: { rounds: pipelineRounds, idle: pipelineIdle },
  };
}

/** 5 to 25 ms, at random, so that no timer of anybody keeps step with the harness. */
async function shortPause(): Promise<void> {
  await sleep(5 + Math.random() * 20);
}
