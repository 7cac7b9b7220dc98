import type { Credential } from '@nexomatic/client/credential';
import { createHubClient } from '@nexomatic/client/hub-client';
import { keyFingerprint } from '@nexomatic/sealing/key-fingerprint';
import { boxPairOf } from '../identity/sink-keys.ts';
import { version } from '../version.ts';
import { askHub } from './hub-failure.ts';
import { agentHere } from './local/agent-here.ts';
import { describeAgent } from './local/describe-agent.ts';
import { accessOf, type Machine } from './machine.ts';
import type { Talk } from './talk.ts';

/** Who this sink is, how the hub sees it now, and what its agent says on this machine. */
export async function status(machine: Machine, talk: Talk): Promise<void> {
  const { hubUrl, token } = accessOf(machine);
  const fingerprint = ownFingerprint(machine, token);
  const local = await agentHere(machine);
  const hub = createHubClient({ url: hubUrl, token });
  const seen = await askHub('status', hubUrl, hub.sink.self.query(undefined, { signal: AbortSignal.timeout(10_000) }));
  const lines = [
    ['sink', `${seen.name} (${seen.id})`],
    ['type', `${seen.type.name} (${seen.type.runtime.toLowerCase()})`],
    ['hub', hubUrl],
    ['key', fingerprint ?? 'none that lasts: end-to-end secrets need a sink that has joined'],
    ['status', seen.status.toLowerCase().replace('_', ' ')],
    ['slots', `${seen.running} busy of ${seen.slots}`],
    ['last seen', seen.lastSeenAt ?? 'never'],
    ['here', local ? describeAgent(local) : 'no agent runs on this machine'],
    ['agent', `${seen.version ?? 'never started'}; this is ${version}`],
  ];
  talk.result(lines.map(([name = '', value]) => `${name.padEnd(10)} ${value}`).join('\n'), {
    hubUrl,
    ...seen,
    fingerprint,
    local,
  });
}

/** Of the key in this machine's own file: compared with what the hub shows, it finds a false one there. */
const ownFingerprint = ({ identity }: Machine, token: string | Credential): string | null =>
  identity && typeof token !== 'string' ? keyFingerprint(boxPairOf(identity.keys.box).publicKey) : null;
