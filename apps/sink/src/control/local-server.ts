import { once } from 'node:events';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Logger } from '@nexomatic/logger';
import type { Control } from './control.ts';
import { type LocalAnswer, type LocalCommand, type LocalStatus, localAddress, localRequest } from './local-protocol.ts';

const longestRequest = 1_000;

export interface LocalServerOptions {
  stateFolder: string;
  control: Pick<Control, 'pauseHere' | 'drainHere' | 'reloadHere'>;
  status(): LocalStatus;
  logger: Logger;
}

/**
 * Listens to the commands of this machine. An agent works without it all the same: another agent may have the folder, or its path
 * may be too long for a socket.
 */
export async function openLocalServer(options: LocalServerOptions): Promise<{ close(): void }> {
  const { stateFolder, logger } = options;
  const address = localAddress(stateFolder);
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', (error) => logger.debug({ error: error.message }, 'local.failed'));
    attend(socket, options);
  });
  try {
    mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
    if (await isTaken(address)) throw new Error('another agent of this machine listens there');
    await listen(server, address);
  } catch (error) {
    logger.warn({ address, error: error instanceof Error ? error.message : String(error) }, 'local.unavailable');
  }
  server.unref();
  return {
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/** An agent that was killed leaves its socket behind: nobody answers there any more. */
async function isTaken(address: string): Promise<boolean> {
  const socket = connect(address);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    if (process.platform !== 'win32') rmSync(address, { force: true });
    return false;
  } finally {
    socket.destroy();
  }
}

async function listen(server: Server, address: string): Promise<void> {
  // The socket is made within this call, and nobody else is to open it meanwhile.
  const mask = process.platform === 'win32' ? undefined : process.umask(0o177);
  try {
    server.listen(address);
  } finally {
    if (mask !== undefined) process.umask(mask);
  }
  await once(server, 'listening');
  if (process.platform !== 'win32') chmodSync(address, 0o600);
}

function attend(socket: Socket, options: LocalServerOptions): void {
  let asked = false;
  const lines = createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY });
  // Without an end of line there is no limit to how long one gets.
  socket.on('data', () => {
    if (!asked && socket.bytesRead > longestRequest) socket.destroy();
  });
  lines.on('line', (line) => {
    if (asked) return;
    asked = true;
    void answerTo(line, options).then((answer) => socket.write(`${JSON.stringify(answer)}\n`));
  });
}

async function answerTo(line: string, { control, status, logger }: LocalServerOptions): Promise<LocalAnswer> {
  const request = localRequest.safeParse(parse(line));
  if (!request.success)
    return { ok: false, message: 'this agent does not know that command; is it of another version?' };
  const { command } = request.data;
  logger.info({ command }, 'local.asked');
  const told = await obey(command, control);
  return { ok: true, status: status(), told };
}

async function obey(command: LocalCommand, control: LocalServerOptions['control']): Promise<boolean> {
  if (command === 'pause' || command === 'resume') return (await control.pauseHere(command === 'pause')).told;
  // It is done when the agent ends.
  if (command === 'drain') void control.drainHere();
  if (command === 'reload') void control.reloadHere();
  return true;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
