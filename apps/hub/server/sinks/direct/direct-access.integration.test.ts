import type { Hello } from '@nexomatic/contracts/sink-protocol';
import { Sink } from '@nexomatic/db/entities/sink';
import { silentLogger } from '@nexomatic/logger';
import { bullmqVersion } from '@nexomatic/queue/bullmq-version';
import { connectRedis } from '@nexomatic/queue/connection';
import { sinkUsername } from '@nexomatic/queue/sink-users';
import { testDatabase } from '@nexomatic/testkit/database';
import { startPrivateRedis } from '@nexomatic/testkit/private-servers';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { systemActor } from '../../auth/actor.ts';
import type { SinkIdentity } from '../../services.ts';
import { openTestHub } from '../../testing/open-test-hub.ts';
import { revokeSink } from '../revoke-sink.ts';
import { sayHello } from '../say-hello.ts';
import { createDirectAccess } from './direct-access.ts';

let server = await startPrivateRedis();
const hub = await openTestHub({ databaseUrl: (await testDatabase()).url, redisUrl: server.url });
const { services } = hub;
afterAll(async () => {
  await hub.close();
  await server.discard();
});

let sink: SinkIdentity;
let number = 0;
beforeEach(async () => {
  number += 1;
  sink = await hub.addSink(`direct-${number}`);
});

const hello: Hello = { version: '0.1.0', hostname: 'here', platform: 'linux', slots: 4 };
const direct: Hello = { ...hello, transport: 'direct', bullmq: bullmqVersion };
const users = async (): Promise<string[]> => (await services.redis.acl('USERS')) as string[];
const isUser = async (): Promise<boolean> => (await users()).includes(sinkUsername(sink.sinkId));

describe('a sink that says hello', () => {
  it('as direct is told where Redis is and gets a user there, whose password opens it', async () => {
    const { redis } = await sayHello(services, sink, direct);
    const { host } = new URL(server.url);
    expect(redis).toMatchObject({ url: `redis://${host}`, username: sinkUsername(sink.sinkId) });
    const { username = '', password = '' } = redis ?? {};
    const connection = connectRedis(server.url, {
      role: 'test',
      logger: silentLogger,
      credentials: { username, password },
    });
    await expect(connection.get('foreign')).rejects.toThrow(/^NOPERM/);
    connection.disconnect();
  });

  it('again has the same password, so that its open connections go on', async () => {
    const [first, second] = [await sayHello(services, sink, direct), await sayHello(services, sink, direct)];
    expect(second.redis?.password).toBe(first.redis?.password);
  });

  it('with another credential has another password', async () => {
    const before = await sayHello(services, sink, direct);
    await services.db
      .tenantEm(hub.tenantId)
      .nativeUpdate(Sink, { id: sink.sinkId }, { signKey: Buffer.alloc(32, number) });
    expect((await sayHello(services, sink, direct)).redis?.password).not.toBe(before.redis?.password);
  });

  it('by the gateway is told of no Redis, and loses the user that it had', async () => {
    await sayHello(services, sink, direct);
    expect(await isUser()).toBe(true);
    expect((await sayHello(services, sink, hello)).redis).toBeUndefined();
    expect(await isUser()).toBe(false);
  });

  it('as direct with another BullMQ is refused, and told both versions', async () => {
    await expect(sayHello(services, sink, { ...direct, bullmq: '1.2.3' })).rejects.toThrow(
      `This sink has BullMQ 1.2.3 and the hub ${bullmqVersion}`,
    );
    expect(await isUser()).toBe(false);
  });

  it('as direct to a production hub whose Redis lets everybody in is refused', async () => {
    const env = { ...services.env, instance: 'production' as const };
    const directAccess = createDirectAccess({ ...services, env });
    const password = new URL(server.url).password;
    await services.redis.acl('SETUSER', 'default', 'nopass');
    await expect(sayHello({ ...services, directAccess }, sink, direct)).rejects.toThrow('lets everybody in');
    await services.redis.acl('SETUSER', 'default', 'resetpass', `>${password}`);
    expect((await sayHello({ ...services, directAccess }, sink, direct)).redis).toBeDefined();
  });
});

describe('a direct sink', () => {
  it('loses its user when it is revoked', async () => {
    await sayHello(services, sink, direct);
    await revokeSink(services, hub.tenantId, systemActor, sink.sinkId);
    await waitFor(async () => !(await isUser()), { what: 'the user to be removed' });
  });

  it('is let in again after Redis was started anew, and finds the scripts loaded; one that was revoked is not', async () => {
    await sayHello(services, sink, direct);
    const revoked = await hub.addSink('revoked');
    await sayHello(services, revoked, direct);
    await revokeSink(services, hub.tenantId, systemActor, revoked.sinkId);
    await services.directAccess.restore();
    expect(await services.directAccess.restore()).toBe(false);
    await server.kill();
    server = await server.startAgain();
    await waitFor(() => services.directAccess.restore(), { what: 'Redis to be prepared' });
    expect(await isUser()).toBe(true);
    expect(await users()).not.toContain(sinkUsername(revoked.sinkId));
  });
});
