import path from 'node:path';
import { AgentError, exitCodes } from '../../agent-error.ts';
import { askAgent } from '../../control/local-client.ts';
import type { LocalStatus } from '../../control/local-protocol.ts';
import type { Machine } from '../machine.ts';

/** Where the agent of this machine listens, if one runs. */
export const stateFolderOf = ({ settings: { environment }, folders }: Machine): string =>
  path.resolve(environment.NEXOMATIC_STATE_DIR || folders.state);

/** What the agent of this machine says of itself; null where none runs. */
export async function agentHere(machine: Machine): Promise<LocalStatus | null> {
  try {
    return await expectAgent(machine);
  } catch (error) {
    if (error instanceof AgentError && error.exitCode === exitCodes.notFound) return null;
    throw error;
  }
}

/** The same, or the refusal that says how one is started. */
export async function expectAgent(machine: Machine): Promise<LocalStatus> {
  const { status, hangUp } = await askAgent(stateFolderOf(machine), 'status');
  hangUp();
  return status;
}
