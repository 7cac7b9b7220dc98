import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePort, portIsTaken } from './free-port.ts';
import { portOwner } from './port-owner.ts';

test('a taken port is seen as taken, and its owner is named by process and command line', async () => {
  const port = await freePort();
  expect(await portIsTaken(port, '127.0.0.1')).toBe(false);
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  expect(await portIsTaken(port, '127.0.0.1')).toBe(true);
  expect(portOwner(port)).toMatch(new RegExp(`^process ${process.pid} \\(.+\\)$`));
  server.close();
});
