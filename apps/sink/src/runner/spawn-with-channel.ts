import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { type SpawnOptions, spawnRunner, teller } from './spawn-runner.ts';
import type { StartedProcess } from './started-process.ts';

/**
 * For systems where a child gets no descriptors but the usual three (Windows): the runner connects to a named pipe, whose
 * name it finds in `NX_CHANNEL`, and both directions go through it. The first to connect is the runner.
 */
export async function spawnWithChannel(options: SpawnOptions): Promise<StartedProcess> {
  const name = `nexomatic-${randomBytes(12).toString('hex')}`;
  const channel = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : path.join(options.folder, '..', name);
  const [toRunner, messages] = [new PassThrough(), new PassThrough()];
  const server = createServer((socket) => {
    server.close();
    socket.on('error', () => undefined);
    socket.pipe(messages);
    toRunner.pipe(socket);
  });
  server.listen(channel);
  await once(server, 'listening');
  const runner = spawnRunner({ ...options, environment: { ...options.environment, NX_CHANNEL: channel } });
  const exited = runner.exited.then((end) => {
    // Whoever ends without having connected has said nothing.
    if (server.listening) {
      server.close();
      messages.end();
    }
    return end;
  });
  return { ...runner, messages, exited, tell: teller(toRunner) };
}
