import { askAgent } from '../../control/local-client.ts';
import type { Machine } from '../machine.ts';
import type { Talk } from '../talk.ts';
import { expectAgent, stateFolderOf } from './agent-here.ts';
import { eventTable } from './describe-agent.ts';

/** Has the agent of this machine take no more work, or work again. It is the hub's pause too, and outlives a restart. */
export async function setPaused(machine: Machine, command: 'pause' | 'resume', talk: Talk): Promise<void> {
  const { status, told, hangUp } = await askAgent(stateFolderOf(machine), command);
  hangUp();
  const goesOn = status.slotsBusy > 0 ? `; ${status.slotsBusy} of ${status.slots} slots are busy, and go on` : '';
  const text =
    command === 'pause' ? `${status.sink.name} takes no more work${goesOn}` : `${status.sink.name} takes work`;
  const hub = told ? '' : '; the hub has not heard of it yet, and is told as soon as it can be';
  talk.result(`${text}${hub}`, { paused: command === 'pause', hubKnows: told, slotsBusy: status.slotsBusy });
}

/** Has the agent finish what runs, take no more, and end. With `wait`, comes back when it has ended. */
export async function drainAgent(machine: Machine, { wait }: { wait: boolean }, talk: Talk): Promise<void> {
  const { status, ended, hangUp } = await askAgent(stateFolderOf(machine), 'drain');
  const facts = { pid: status.pid, slotsBusy: status.slotsBusy };
  if (!wait) {
    hangUp();
    const when = status.slotsBusy > 0 ? `once ${status.slotsBusy} running events have ended` : 'now';
    return talk.result(`${status.sink.name} takes no more work, and its agent ends ${when}`, {
      ...facts,
      ended: false,
    });
  }
  if (status.slotsBusy > 0) talk.say(`waiting for the end of ${status.slotsBusy} events…`);
  await ended;
  talk.result(`the agent of ${status.sink.name} has ended`, { ...facts, ended: true });
}

/** Has the agent finish what runs, and begin anew with its settings read anew. */
export async function reloadAgent(machine: Machine, talk: Talk): Promise<void> {
  const { status, hangUp } = await askAgent(stateFolderOf(machine), 'reload');
  hangUp();
  const when = status.slotsBusy > 0 ? `once ${status.slotsBusy} running events have ended` : 'now';
  talk.result(`${status.sink.name} reads its settings anew ${when}`, { slotsBusy: status.slotsBusy });
}

/** What the agent of this machine runs now. */
export async function listRunning(machine: Machine, talk: Talk): Promise<void> {
  const agent = await expectAgent(machine);
  talk.result(eventTable(agent), { events: agent.events });
}
