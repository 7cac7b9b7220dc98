import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { AgentError, exitCodes } from '../agent-error.ts';
import { type LocalCommand, type LocalStatus, localAddress, localAnswer } from './local-protocol.ts';

/** Pausing waits for the hub to hear of it, for some seconds. */
const answerWithinMs = 15_000;

export interface AskedAgent {
  status: LocalStatus;
  /** Of `pause` and `resume`: whether the hub has heard of it already. */
  told: boolean;
  /** Settles when the agent's process has ended. Whoever does not wait for it calls `hangUp`. */
  ended: Promise<void>;
  hangUp(): void;
}

/** Has the agent that runs on this machine with that state folder do something. Throws `AgentError`, also when there is none. */
export async function askAgent(stateFolder: string, command: LocalCommand): Promise<AskedAgent> {
  const socket = await callAgent(stateFolder);
  const ended = once(socket, 'close').then(() => undefined);
  socket.on('error', () => undefined);
  socket.write(`${JSON.stringify({ command })}\n`);
  const line = await firstLine(socket);
  const answer = line === null ? null : localAnswer.safeParse(JSON.parse(line)).data;
  if (!answer?.ok) {
    socket.destroy();
    if (line === null)
      throw new AgentError(exitCodes.timedOut, 'the agent of this machine did not answer; look at its log');
    const text = answer?.message ?? 'the agent of this machine answered something else; is it of another version?';
    throw new AgentError(exitCodes.failed, text);
  }
  return { status: answer.status, told: answer.told, ended, hangUp: () => void socket.destroy() };
}

async function callAgent(stateFolder: string): Promise<Socket> {
  const socket = connect(localAddress(stateFolder));
  try {
    await once(socket, 'connect');
    return socket;
  } catch (error) {
    socket.destroy();
    throw refusalOf(error, stateFolder);
  }
}

function refusalOf(error: unknown, stateFolder: string): AgentError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM') {
    const text = `the agent of ${stateFolder} runs as another account; ask it as that one, or as root`;
    return new AgentError(exitCodes.failed, text, { cause: error });
  }
  const text = `no agent runs on this machine with the folder ${stateFolder}; start it with \`nexomatic-sink run\` or \`nexomatic-sink service install\`, or name the folder with --dir`;
  return new AgentError(exitCodes.notFound, text, { cause: error });
}

/** Null when the agent says nothing: it ended, or hangs. */
async function firstLine(socket: Socket): Promise<string | null> {
  const lines = createInterface({ input: socket });
  const timer = setTimeout(() => socket.destroy(), answerWithinMs);
  try {
    for await (const line of lines) return line;
    return null;
  } finally {
    clearTimeout(timer);
  }
}
