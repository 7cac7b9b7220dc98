import { setTimeout as pause } from 'node:timers/promises';
import type { LocalStatus } from '../../control/local-protocol.ts';
import type { Machine } from '../machine.ts';
import { agentHere, expectAgent } from './agent-here.ts';
import { describeAgent, eventTable } from './describe-agent.ts';

const everyMs = 1_000;
/** Cursor home, and what is below it cleared: less flicker than a cleared screen. */
const home = '\u001B[H\u001B[J';

/** Shows what the agent of this machine is at, every second, until q or Ctrl-C; once where there is no terminal. */
export async function top(machine: Machine): Promise<void> {
  const first = await expectAgent(machine);
  if (!process.stdout.isTTY || !process.stdin.isTTY) {
    process.stdout.write(`${screenOf(first)}\n`);
    return;
  }
  const ending = new AbortController();
  listenToKeys(() => ending.abort());
  process.stdout.write('\u001B[2J');
  try {
    for (let agent: LocalStatus | null = first; !ending.signal.aborted; agent = await agentHere(machine)) {
      process.stdout.write(
        `${home}${agent ? screenOf(agent) : 'the agent has ended; waiting for another'}\n\nq ends\n`,
      );
      await pause(everyMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  } finally {
    process.stdin.setRawMode(false);
    process.stdin.pause();
  }
}

function listenToKeys(end: () => void): void {
  process.stdin.setRawMode(true);
  process.stdin.on('data', (key) => {
    // A raw terminal makes no signal of Ctrl-C.
    if (['q', '\u0003'].includes(key.toString())) end();
  });
}

const screenOf = (agent: LocalStatus): string =>
  [`${agent.sink.name} (${agent.sink.type}) of ${agent.hubUrl}`, describeAgent(agent), '', eventTable(agent)].join(
    '\n',
  );
