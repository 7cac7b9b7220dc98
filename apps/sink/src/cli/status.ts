import { createHubClient } from '@nexomatic/client/hub-client';
import { version } from '../version.ts';
import { askHub } from './hub-failure.ts';
import { agentHere } from './local/agent-here.ts';
import { describeAgent } from './local/describe-agent.ts';
import { accessOf, type Machine } from './machine.ts';
import type { Talk } from './talk.ts';

/** Who this sink is, how the hub sees it now, and what its agent says on this machine. */
export async function status(machine: Machine, talk: Talk): Promise<void> {
  const { hubUrl, token } = accessOf(machine);
  const local = await agentHere(machine);
  const hub = createHubClient({ url: hubUrl, token });
  const seen = await askHub('status', hubUrl, hub.sink.self.query(undefined, { signal: AbortSignal.timeout(10_000) }));
  const lines = [
    ['sink', `${seen.name} (${seen.id})`],
    ['type', `${seen.type.name} (${seen.type.runtime.toLowerCase()})`],
    ['hub', hubUrl],
    ['status', seen.status.toLowerCase().replace('_', ' ')],
    ['slots', `${seen.running} busy of ${seen.slots}`],
    ['last seen', seen.lastSeenAt ?? 'never'],
    ['here', local ? describeAgent(local) : 'no agent runs on this machine'],
    ['agent', `${seen.version ?? 'never started'}; this is ${version}`],
  ];
  talk.result(lines.map(([name = '', value]) => `${name.padEnd(10)} ${value}`).join('\n'), { hubUrl, ...seen, local });
}
