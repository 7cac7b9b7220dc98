import { rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';

/** The first line of a connection: 32 characters of token, a space, the descriptor that it becomes, a line end. */
const headerBytes = 35;
const headerForm = /^([0-9a-f]{32}) ([124])\n$/;

/** The connections of one attempt: its messages, its stdout and its stderr. */
export interface AttemptConnections {
  messages: Socket;
  stdout: Socket;
  stderr: Socket;
}

interface Expected {
  sockets: Map<string, Socket>;
  resolve(connections: AttemptConnections): void;
}

/**
 * Where copies of fork servers call the agent: a Unix socket in a folder that is the agent's alone. Sockets instead of
 * pipes, because Node can open no pipe that somebody else is to write to; the pipes that it makes itself are sockets too.
 */
export class AttemptSockets {
  readonly path: string;
  readonly #expected = new Map<string, Expected>();
  readonly #server: Server;

  constructor(path: string) {
    this.path = path;
    this.#server = createServer((socket) => this.#greet(socket)).unref();
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.path, resolve);
    });
  }

  async close(): Promise<void> {
    this.#server.close();
    await rm(this.path, { force: true });
  }

  /** Settles when all three connections with this token have been made. */
  expect(token: string): Promise<AttemptConnections> {
    const { promise, resolve } = Promise.withResolvers<AttemptConnections>();
    this.#expected.set(token, { sockets: new Map(), resolve });
    return promise;
  }

  /** Whoever comes with this token later is turned away, and so runs nothing. */
  forget(token: string): void {
    const expected = this.#expected.get(token);
    this.#expected.delete(token);
    for (const socket of expected?.sockets.values() ?? []) socket.destroy();
  }

  #greet(socket: Socket): void {
    // Its end shows by its data ending as well.
    socket.on('error', () => undefined);
    const read = (): void => {
      const header = socket.read(headerBytes) as Buffer | null;
      if (header) this.#admit(socket, header.toString('latin1'));
      else if (!socket.readableEnded && !socket.destroyed) socket.once('readable', read);
    };
    socket.once('readable', read);
  }

  #admit(socket: Socket, header: string): void {
    const [, token = '', name = ''] = headerForm.exec(header) ?? [];
    const expected = this.#expected.get(token);
    if (!expected || expected.sockets.has(name)) {
      socket.destroy();
      return;
    }
    expected.sockets.set(name, socket);
    const [messages, stdout, stderr] = ['4', '1', '2'].map((one) => expected.sockets.get(one));
    if (!messages || !stdout || !stderr) return;
    this.#expected.delete(token);
    expected.resolve({ messages, stdout, stderr });
  }
}
