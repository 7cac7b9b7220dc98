import { systemClock } from '@nexomatic/clock';
import { newId } from '@nexomatic/contracts/id';
import type { Ticket } from '@nexomatic/contracts/ticket';
import { silentLogger } from '@nexomatic/logger';
import { startPrivateRedis } from '@nexomatic/testkit/private-servers';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { Redis } from 'ioredis';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { connectRedis } from './connection.ts';
import { queuePrefix, sinkQueueName, typeQueueName } from './names.ts';
import { preloadScripts, scriptHashes } from './preload-scripts.ts';
import { allowSink, isOpenToAll, removeSinkUser, sinkUsername } from './sink-users.ts';
import { openTicketQueues } from './ticket-queue.ts';
import { withoutLogin } from './without-login.ts';
import { startTicketWorker, TicketReturned, type TicketWorker, type TicketWorkerOptions } from './worker.ts';

let server = await startPrivateRedis();
const admin = connectRedis(server.url, { role: 'test', logger: silentLogger });
const queues = openTicketQueues(admin, silentLogger);
await preloadScripts(admin);
const workers: TicketWorker[] = [];
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.close()));
});
afterAll(async () => {
  await queues.close();
  admin.disconnect();
  await server.discard();
});

const newTicket = (): Ticket => ({ eventId: newId('event'), attempt: 1 });

/** A sink that is let in to Redis, with queues and a worker of its own. */
async function letIn() {
  const sinkId = newId('sink');
  const address = { prefix: queuePrefix(newId('tenant')), queueName: typeQueueName('LINUX:PYTHON') };
  const credentials = { username: sinkUsername(sinkId), password: `secret-of-${sinkId}` };
  const user = {
    ...credentials,
    queues: [address.queueName, sinkQueueName(sinkId)].map((name) => ({ prefix: address.prefix, name })),
  };
  await allowSink(admin, user);
  return {
    sinkId,
    user,
    address,
    add: (tickets: Ticket[]) => queues.add(tickets.map((ticket) => ({ ...address, delayMs: 0, tickets: [ticket] }))),
    work(onTicket: TicketWorkerOptions['onTicket'], more: Partial<TicketWorkerOptions> = {}) {
      const options = { redisUrl: server.url, credentials, ...address, concurrency: 4 };
      const worker = startTicketWorker({ ...options, logger: silentLogger, onTicket, ...more });
      workers.push(worker);
      return worker;
    },
    connect: () =>
      new Redis(withoutLogin(server.url), { ...credentials, enableReadyCheck: false, retryStrategy: null }),
  };
}

describe('a sink with a user of its own', () => {
  it('works its queue: takes, returns, puts off and uses up tickets', async () => {
    const { add, work, address } = await letIn();
    const tickets = Array.from({ length: 20 }, newTicket);
    const seen = new Map<string, number>();
    work(async ({ eventId }) => {
      seen.set(eventId, (seen.get(eventId) ?? 0) + 1);
      if (eventId === tickets[0]?.eventId && seen.get(eventId) === 1) throw new TicketReturned('not now');
      if (eventId === tickets[1]?.eventId) throw new Error('a fault of ours');
    });
    await add(tickets);
    await waitFor(() => seen.size === 20 && seen.get(tickets[0]?.eventId ?? '') === 2, { what: 'all tickets' });
    const key = (kind: string): string => `${address.prefix}:${address.queueName}:${kind}`;
    await waitFor(async () => (await admin.zcard(key('delayed'))) === 1, { what: 'the failed ticket to be put off' });
    await waitFor(async () => (await admin.llen(key('active'))) === 0, { what: 'the others to be used up' });
  });

  it('can neither read, write nor block anything outside of its queues, by any command that Redis has', async () => {
    const { connect, user } = await letIn();
    const foreign = await letIn();
    await foreign.add([newTicket()]);
    const target = `${foreign.address.prefix}:${foreign.address.queueName}:wait`;
    // A name that begins like the sink's own.
    const neighbour = `${user.queues[0]?.prefix}:${user.queues[0]?.name}2:wait`;
    await admin.set(neighbour, 'untouched');
    const before = [await admin.lrange(target, 0, -1), await admin.dbsize()];
    const commands = await commandsOf(admin);
    const redis = connect();
    const allowed: string[] = [];
    for (const { words, arity, open } of commands) {
      // These change the connection itself: HELLO, QUIT, RESET and AUTH, which are for everybody.
      const own = open ? connect() : redis;
      for (const key of [target, neighbour]) {
        const filler = Array.from({ length: Math.max(0, Math.abs(arity) - words.length) }, () => key);
        const [name = '', ...rest] = words;
        // Scripts take the number of their keys first.
        const args = name === 'evalsha' ? [scriptHashes[0] ?? '', '1', key] : [...rest, ...filler];
        if (!(await isRefused(own, name, args)) && !open) allowed.push(words.join(' '));
      }
      if (open) own.disconnect();
    }
    redis.disconnect();
    expect(commands.length).toBeGreaterThan(300);
    expect(allowed).toEqual([]);
    expect(commands.filter(({ open }) => open).map(({ words }) => words.join(' '))).toEqual(
      expect.arrayContaining(['auth', 'hello']),
    );
    expect([await admin.lrange(target, 0, -1), await admin.dbsize()]).toEqual(before);
    expect(await admin.get(neighbour)).toBe('untouched');
  });

  it('can not reach other keys through any of the loaded scripts', async () => {
    const { connect } = await letIn();
    const foreign = await letIn();
    await foreign.add([newTicket()]);
    const target = `${foreign.address.prefix}:${foreign.address.queueName}:wait`;
    const redis = connect();
    for (const hash of scriptHashes) {
      const keys = Array.from({ length: 12 }, () => target);
      await expect(redis.evalsha(hash, keys.length, ...keys, '1', '1')).rejects.toThrow(/^NOPERM/);
    }
    redis.disconnect();
  });

  it('runs no script of its own, so that none can stop Redis', async () => {
    const { connect } = await letIn();
    const redis = connect();
    await expect(redis.eval('while true do end', 0)).rejects.toThrow(/^NOPERM/);
    await expect(redis.script('LOAD', 'return 1')).rejects.toThrow(/^NOPERM/);
    await expect(redis.function('LOAD', '#!lua name=x\n')).rejects.toThrow(/^NOPERM/);
    redis.disconnect();
  });

  it('takes tickets again when the scripts were flushed and are loaded anew', async () => {
    const { add, work } = await letIn();
    const seen: string[] = [];
    let denied = 0;
    work(async ({ eventId }) => void seen.push(eventId), { onDenied: () => (denied += 1) });
    const [first, second] = [newTicket(), newTicket()];
    await add([first]);
    await waitFor(() => seen.length === 1, { what: 'the first ticket' });
    await admin.script('FLUSH');
    await add([second]);
    await waitFor(() => denied > 0, { what: 'the worker to be turned away' });
    expect(await preloadScripts(admin)).toBeGreaterThan(0);
    await waitFor(() => seen.length === 2, { what: 'the second ticket' });
    expect(denied).toBeLessThan(10);
  });

  it('is cut off at once when its user is removed, and comes back no more than once a second', async () => {
    const { sinkId, add, work, user } = await letIn();
    const seen: string[] = [];
    let denied = 0;
    work(async ({ eventId }) => void seen.push(eventId), { onDenied: () => (denied += 1) });
    await add([newTicket()]);
    await waitFor(() => seen.length === 1, { what: 'the first ticket' });
    await removeSinkUser(admin, sinkId);
    const connections = async (): Promise<number> =>
      ((await admin.call('CLIENT', 'LIST')) as string)
        .split('\n')
        .filter((line) => line.includes(`user=${user.username} `)).length;
    expect(await connections()).toBe(0);
    await waitFor(() => denied > 0, { what: 'the worker to be turned away' });
    const received = async (): Promise<number> =>
      Number(/total_connections_received:(\d+)/.exec(await admin.info('stats'))?.[1]);
    const [before, from] = [await received(), systemClock.monotonic()];
    await waitFor(async () => (await received()) >= before + 2, { what: 'two more tries', timeoutMs: 20_000 });
    expect(systemClock.monotonic() - from).toBeGreaterThan(2_000);
    await allowSink(admin, user);
    await add([newTicket()]);
    await waitFor(() => seen.length === 2, { what: 'a ticket for the sink that is let in again' });
  });

  it('takes tickets again after a restart of Redis, once it is let in and the scripts are loaded', async () => {
    const { add, work, user } = await letIn();
    const seen: string[] = [];
    work(async ({ eventId }) => void seen.push(eventId));
    await add([newTicket()]);
    await waitFor(() => seen.length === 1, { what: 'the first ticket' });
    await server.kill();
    server = await server.startAgain();
    await waitFor(() => preloadScripts(admin), { what: 'Redis to be back' });
    await allowSink(admin, user);
    await add([newTicket()]);
    await waitFor(() => seen.length === 2, { what: 'a ticket after the restart', timeoutMs: 15_000 });
  });
});

describe('Redis', () => {
  it('is found to be open to everybody where its default user needs no password', async () => {
    expect(await isOpenToAll(admin)).toBe(false);
    await admin.acl('SETUSER', 'default', 'nopass');
    expect(await isOpenToAll(admin)).toBe(true);
    await admin.acl('SETUSER', 'default', 'resetpass', `>${new URL(server.url).password}`);
  });
});

/** Whether Redis refuses it for want of a right, within two seconds: what blocks is not refused. */
async function isRefused(redis: Redis, name: string, args: string[]): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), 2_000);
  try {
    return await Promise.race([
      redis.call(name, ...args).then(
        () => false,
        (error: Error) => /NOPERM|^WRONGPASS|^ERR (DEBUG|MODULE) command not allowed/.test(error.message),
      ),
      late.promise,
    ]);
  } finally {
    clearTimeout(timer);
  }
}

interface Command {
  words: string[];
  arity: number;
  /** May be sent by whoever has not said who they are. */
  open: boolean;
}

/** Every command and subcommand that the server has. */
async function commandsOf(redis: Redis): Promise<Command[]> {
  const all = (await redis.call('COMMAND')) as unknown[][];
  return all.flatMap((entry) => {
    const [name, arity, flags] = entry as [string, number, Iterable<string>];
    const open = [...flags].includes('no_auth');
    const subcommands = (Array.isArray(entry[9]) ? entry[9] : []) as unknown[][];
    if (subcommands.length === 0) return [{ words: [name], arity, open }];
    return subcommands.map((sub) => ({ words: String(sub[0]).split('|'), arity: Number(sub[1]), open }));
  });
}
