import { newId } from '@nexomatic/contracts/id';
import type { Ticket } from '@nexomatic/contracts/ticket';
import { silentLogger } from '@nexomatic/logger';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { Queue } from 'bullmq';
import { afterAll, describe, expect, it } from 'vitest';
import { connectRedis } from './connection.ts';
import { openTicketQueues } from './ticket-queue.ts';
import { startTicketWorker, TicketReturned, type TicketWorkerOptions } from './worker.ts';

const redisUrl = await testRedis();
const connection = connectRedis(redisUrl, { role: 'test', logger: silentLogger });
const queues = openTicketQueues(connection, silentLogger);
afterAll(async () => {
  await queues.close();
  connection.disconnect();
});

const newTicket = (): Ticket => ({ eventId: newId('event'), attempt: 1 });

/** A queue of its own for one test. */
function openQueue() {
  const address = { prefix: '{nx:test}', queueName: `type.${newId('sinkType')}` };
  const queue = new Queue(address.queueName, { connection, prefix: address.prefix, skipVersionCheck: true });
  return {
    address,
    queue,
    add: (tickets: Ticket[]) => queues.add(tickets.map((ticket) => ({ ...address, delayMs: 0, tickets: [ticket] }))),
    addTogether: (tickets: Ticket[]) => queues.add([{ ...address, delayMs: 0, tickets }]),
    work: (onTicket: TicketWorkerOptions['onTicket'], more: Partial<TicketWorkerOptions> = {}) =>
      startTicketWorker({ redisUrl, ...address, concurrency: 10, logger: silentLogger, onTicket, ...more }),
  };
}

describe('a worker', () => {
  it('hands out each ticket once, and nothing of it stays in Redis', async () => {
    const { queue, add, work } = openQueue();
    const tickets = Array.from({ length: 50 }, newTicket);
    const seen: string[] = [];
    await add(tickets);
    await add(tickets.slice(0, 10));
    const worker = work(async ({ eventId }) => void seen.push(eventId));
    await waitFor(() => seen.length >= 50, { what: '50 tickets' });
    await worker.close();
    expect(seen.toSorted()).toEqual(tickets.map(({ eventId }) => eventId).toSorted());
    expect(await queue.getJobCounts()).toMatchObject({ waiting: 0, active: 0, completed: 0, failed: 0, delayed: 0 });
  });

  it('holds no more tickets at once than it may', async () => {
    const { add, work } = openQueue();
    let held = 0;
    let most = 0;
    let done = 0;
    const worker = work(
      async () => {
        held += 1;
        most = Math.max(most, held);
        await new Promise((resolve) => setImmediate(resolve));
        held -= 1;
        done += 1;
      },
      { concurrency: 3 },
    );
    await add(Array.from({ length: 30 }, newTicket));
    await waitFor(() => done === 30, { what: '30 tickets' });
    await worker.close();
    expect(most).toBe(3);
  });

  it('hands out every ticket of a job that carries many, and fetches no other while these keep it busy', async () => {
    const { queue, addTogether, work } = openQueue();
    const gate = Promise.withResolvers<void>();
    const seen: string[] = [];
    const jobs = [1, 2, 3].map(() => Array.from({ length: 4 }, newTicket));
    for (const tickets of jobs) await addTogether(tickets);
    const worker = work(
      async ({ eventId }) => {
        seen.push(eventId);
        await gate.promise;
      },
      { concurrency: 4 },
    );
    await waitFor(() => seen.length === 4, { what: 'the tickets of the first job' });
    expect(await queue.getJobCounts()).toMatchObject({ waiting: 2, active: 1 });
    gate.resolve();
    await waitFor(() => seen.length === 12, { what: 'all tickets' });
    await worker.close();
    expect(seen.toSorted()).toEqual(
      jobs
        .flat()
        .map(({ eventId }) => eventId)
        .toSorted(),
    );
  });

  it('drops what is no ticket and goes on with the next', async () => {
    const { queue, add, work } = openQueue();
    await queue.add('event', { eventId: 'evt_nonsense', attempt: 0 });
    const ticket = newTicket();
    await add([ticket]);
    const seen: Ticket[] = [];
    const worker = work(async (next) => void seen.push(next));
    await waitFor(() => seen.length > 0, { what: 'the ticket' });
    await worker.close();
    expect(seen).toEqual([ticket]);
    expect(await queue.getJobCounts()).toMatchObject({ waiting: 0, active: 0, failed: 0 });
  });

  it('gives a ticket that was not used back to the queue, where another worker gets it', async () => {
    const { add, work } = openQueue();
    const ticket = newTicket();
    const first = work(async () => {
      void first.pause();
      throw new TicketReturned('stopping');
    });
    await add([ticket]);
    await waitFor(() => !first.isTaking(), { what: 'the first worker to be paused' });
    await first.close();
    const seen: Ticket[] = [];
    const second = work(async (next) => void seen.push(next));
    await waitFor(() => seen.length > 0, { what: 'the ticket at the second worker' });
    await second.close();
    expect(seen).toEqual([ticket]);
  });

  it('puts a ticket on which its holder failed off, and hands it out again', async () => {
    const { queue, add, work } = openQueue();
    await add([newTicket()]);
    const failing = work(async () => {
      throw new Error('a fault of ours');
    });
    await waitFor(async () => (await queue.getDelayedCount()) === 1, { what: 'the ticket to be put off' });
    await failing.close();
    const [job] = await queue.getDelayed();
    expect(job?.delay).toBeGreaterThan(4_000);
    await job?.promote();
    let seen = 0;
    const worker = work(async () => {
      seen += 1;
    });
    await waitFor(() => seen === 1, { what: 'the ticket to come back' });
    await worker.close();
  });

  it('waits for the tickets that it holds when it is closed, and takes no more', async () => {
    const { queue, add, work } = openQueue();
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    let count = 0;
    const worker = work(
      async () => {
        count += 1;
        started.resolve();
        await finish.promise;
      },
      { concurrency: 1 },
    );
    await add([newTicket(), newTicket()]);
    await started.promise;
    let closed = false;
    const closing = worker.close().then(() => {
      closed = true;
    });
    expect(await queue.getWaitingCount()).toBe(1);
    expect(closed).toBe(false);
    finish.resolve();
    await closing;
    expect(count).toBe(1);
    expect(await queue.getJobCounts()).toMatchObject({ waiting: 1, active: 0 });
  });
});
