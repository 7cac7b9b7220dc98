import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the range from which systems take ports for outgoing connections (from 32,768 on Linux). In that range any connection
 * could take the port before its server listens, or while the server is started again.
 */
const [lowest, highest] = [10_240, 32_767];

/** A port of 127.0.0.1 that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowest, highest + 1);
    if (!(await portIsTaken(port, '127.0.0.1'))) return port;
  }
}

/** Whether somebody listens on this port of this host already. */
export function portIsTaken(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(true));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(false)));
  });
}
