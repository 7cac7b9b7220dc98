import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { listenOn, silentConnections, stopServing } from './listen.ts';

test('a connection on which nothing was asked does not hold up a stop, and a request under way is answered', async () => {
  const answers: (() => void)[] = [];
  const server = createServer((_, response) => answers.push(() => response.end('done')));
  const silent = silentConnections(server);
  const { port } = await listenOn(server, { host: '127.0.0.1', port: 0 });
  const unused = connect(port, '127.0.0.1');
  await once(unused, 'connect');
  const asked = fetch(`http://127.0.0.1:${port}/`);
  await once(server, 'request');

  const stopped = stopServing(server, silent);
  await once(unused, 'close');
  for (const answer of answers) answer();
  expect(await (await asked).text()).toBe('done');
  await stopped;
});
