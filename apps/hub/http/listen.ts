import { type IncomingMessage, Server, type ServerOptions } from 'node:http';
import type { Socket } from 'node:net';
import type { ServerType } from '@hono/node-server';

export const serverLimits: ServerOptions = {
  /** A sender that is slower with its headers than this is hung up on (slow-loris), at the check after it. */
  headersTimeout: 10_000,
  connectionsCheckingInterval: 5_000,
  /** And with the whole request; webhook bodies have a shorter limit of their own. */
  requestTimeout: 60_000,
  /** Longer than the usual 60 s of proxies, so that it is they who close an idle connection and no request is lost. */
  keepAliveTimeout: 65_000,
};
/** How long requests under way may take at a stop. */
const graceMs = 25_000;

/** Takes connections at the address; a taken port is named in the error. */
export async function listenOn(server: ServerType, { host, port }: { host: string; port: number }) {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explained(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return { host, port: typeof address === 'object' && address ? address.port : port };
}

function explained(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const cause = { cause: error };
  if (error.code === 'EADDRINUSE') {
    return new Error(`port ${port} on ${host} is taken: end what uses it, or set NEXOMATIC_PORT to another one`, cause);
  }
  if (error.code === 'EACCES') {
    return new Error(`this user may not listen on port ${port}: set NEXOMATIC_PORT to one above 1023`, cause);
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new Error(`${host} is no address of this machine: correct NEXOMATIC_HOST`, cause);
  }
  return error;
}

/**
 * The connections on which nothing has been asked yet. Browsers open some ahead of need, and to Node they count as
 * busy, so that each would hold up a stop for the whole time of grace.
 */
export function silentConnections(server: ServerType): Set<Socket> {
  const silent = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', (request: IncomingMessage) => silent.delete(request.socket));
  return silent;
}

/** No new connections; those that idle are closed, those that work are given time. */
export async function stopServing(server: ServerType, silent: Set<Socket>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const socket of silent) socket.destroy();
  if (!(server instanceof Server)) return closed;
  const force = setTimeout(() => server.closeAllConnections(), graceMs);
  // A connection that was answering when `close` was called stays open for the next request otherwise.
  const idle = setInterval(() => server.closeIdleConnections(), 200);
  await closed;
  clearTimeout(force);
  clearInterval(idle);
}
