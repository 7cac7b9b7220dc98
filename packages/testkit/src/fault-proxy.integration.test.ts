import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { openFaultProxy } from './fault-proxy.ts';
import { waitFor } from './wait-for.ts';

/** Says back what it hears. */
const echo = createServer((socket) => socket.pipe(socket).on('error', () => undefined));
echo.listen(0, '127.0.0.1');
await once(echo, 'listening');
const address = echo.address();
const target = `tcp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
afterAll(() => echo.close());

function talk(port: number) {
  const socket: Socket = connect(port, '127.0.0.1');
  let heard = '';
  socket.on('data', (bytes: Buffer) => {
    heard += bytes.toString();
  });
  socket.on('error', () => undefined);
  return {
    socket,
    heard: () => heard,
    async says(text: string) {
      socket.write(text);
      await waitFor(() => heard.endsWith(text), { what: `the echo of ${text}` });
    },
  };
}

describe('a proxy', () => {
  it('carries what both sides say', async () => {
    await using proxy = await openFaultProxy(target);
    await talk(proxy.port).says('hello');
    expect(proxy.connections()).toBe(1);
  });

  it('that refuses cuts what is open, and takes nothing new', async () => {
    await using proxy = await openFaultProxy(target);
    const open = talk(proxy.port);
    await open.says('hello');
    proxy.set('refuse');
    await once(open.socket, 'close');
    await once(talk(proxy.port).socket, 'close');
  });

  it('that is a black hole keeps connections and carries nothing, until it passes again for new ones', async () => {
    await using proxy = await openFaultProxy(target);
    const open = talk(proxy.port);
    await open.says('before');
    proxy.set('blackhole');
    open.socket.write('lost');
    const late = talk(proxy.port);
    late.socket.write('lost as well');
    await waitFor(() => proxy.connections() === 2, { what: 'the second connection' });
    proxy.set('pass');
    await talk(proxy.port).says('after');
    expect([open.heard(), late.heard(), open.socket.destroyed]).toEqual(['before', '', false]);
    for (const { socket } of [open, late]) socket.destroy();
  });

  it('that is to lose an answer cuts the link of that request once it was answered, and no other', async () => {
    await using proxy = await openFaultProxy(target);
    const [open, other] = [talk(proxy.port), talk(proxy.port)];
    await other.says('before');
    const lost = proxy.loseAnswerTo('secret question');
    await open.says('another question');
    open.socket.write('the secret question');
    await once(open.socket, 'close');
    await lost;
    expect(open.heard()).toBe('another question');
    await other.says('the secret question');
    other.socket.destroy();
  });

  it('that is half open has lost the connections of before alone', async () => {
    await using proxy = await openFaultProxy(target);
    const open = talk(proxy.port);
    await open.says('before');
    proxy.set('halfOpen');
    open.socket.write('lost');
    await talk(proxy.port).says('after');
    expect(open.heard()).toBe('before');
    open.socket.destroy();
  });
});
