import { refusalOfAgent } from '@nexomatic/contracts/agent-version';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { hubVersion } from '../version.ts';

/** Refuses an agent that this hub doesn't work with, and says where there is one that it does. */
export function expectAgentVersion(
  { env }: { env: { publicUrl: string; oldestAgent: string } },
  { version }: { version: string },
): void {
  const refusal = refusalOfAgent(version, { oldest: env.oldestAgent, hub: hubVersion });
  if (refusal === null) return;
  const remedy = `Install the hub’s own: npm install --global ${env.publicUrl}/download/nexomatic-sink.tgz`;
  throw new NexomaticError('agent_version', `${refusal} ${remedy}`);
}
