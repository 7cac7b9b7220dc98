import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/**
 * What a proxy does with a link:
 * - `pass`: carries everything.
 * - `refuse`: takes no connection, and cuts those that are open.
 * - `blackhole`: keeps connections open, takes new ones, and carries nothing any more, in both directions.
 * - `halfOpen`: as `blackhole`, but for the connections that are open now alone; new ones pass.
 */
export type Fault = 'pass' | 'refuse' | 'blackhole' | 'halfOpen';

/** A TCP link that a test can break in ways that a cable can. */
export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  /** The address with this proxy in the place of what it leads to. */
  through(url: string): string;
  set(fault: Fault): void;
  /**
   * Cuts the link of the next request that holds this text when the answer to it comes: the other end has acted, and nobody
   * hears of it. Settles when that has happened.
   */
  loseAnswerTo(text: string): Promise<void>;
  /** Connections taken so far. */
  connections(): number;
}

interface Link {
  sides: [Socket, Socket];
  dead: boolean;
  /** Told in the place of whoever waits for the answer. */
  unheard?: () => void;
}

/** Opens a proxy to the host and port that the address names. */
export async function openFaultProxy(target: string): Promise<FaultProxy> {
  const { hostname, port: targetPort } = new URL(target);
  const links = new Set<Link>();
  let fault: Fault = 'pass';
  let taken = 0;
  let losing: { text: string; lost(): void } | undefined;

  const server = createServer((near) => {
    taken += 1;
    if (fault === 'refuse') {
      near.destroy();
      return;
    }
    const far = connect(Number(targetPort), hostname);
    const link: Link = { sides: [near, far], dead: false };
    links.add(link);
    near.on('data', (bytes) => {
      if (!losing || !bytes.includes(losing.text)) return;
      link.unheard = losing.lost;
      losing = undefined;
    });
    far.on('data', () => {
      if (!link.unheard) return;
      link.dead = true;
      near.destroy();
      far.destroy();
      links.delete(link);
      link.unheard();
    });
    carry(near, far, link);
    carry(far, near, link);
  });

  function carry(from: Socket, to: Socket, link: Link): void {
    const isLost = (): boolean => link.dead || fault === 'blackhole';
    from.on('data', (bytes) => {
      if (!isLost()) to.write(bytes);
    });
    // Whoever hangs up is not heard either.
    from.on('end', () => {
      if (!isLost()) to.end();
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      if (isLost()) return;
      to.destroy();
      links.delete(link);
    });
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;

  function cut(): void {
    for (const { sides } of links) for (const side of sides) side.destroy();
    links.clear();
  }

  return {
    port,
    through(url) {
      const parts = new URL(url);
      parts.hostname = '127.0.0.1';
      parts.port = String(port);
      return parts.href.replace(/\/$/, '');
    },
    set(next) {
      // What was lost on a link stays lost: such a link is of no more use.
      if (fault === 'blackhole' || next === 'halfOpen') for (const link of links) link.dead = true;
      fault = next;
      if (next === 'refuse') cut();
    },
    loseAnswerTo(text) {
      return new Promise((lost) => {
        losing = { text, lost };
      });
    },
    connections: () => taken,
    async [Symbol.asyncDispose]() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
