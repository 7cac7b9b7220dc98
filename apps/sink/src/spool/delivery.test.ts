import { appendFile, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HubError } from '@nexomatic/client/hub-error';
import { newId } from '@nexomatic/contracts/id';
import type { LogChunk, Report } from '@nexomatic/contracts/sink-protocol';
import { silentLogger } from '@nexomatic/logger';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Delivery, type DeliveryOptions } from './delivery.ts';
import { SpoolFiles } from './spool-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nexomatic-spool-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A hub that can be away, or refuse; it keeps what it is told, in order. */
function openHub() {
  const told: string[] = [];
  const lines: string[] = [];
  const lost: LogChunk['lost'][] = [];
  const hub = {
    state: 'there' as 'there' | 'retryable' | 'rejected' | 'unauthenticated',
    told,
    lines,
    lost,
    async appendLogs(chunks: LogChunk[]) {
      answer();
      for (const { seq, bytes, lost: mark } of chunks) {
        if (mark) lost.push(mark);
        told.push(`log ${seq}`);
        lines.push('utf8' in bytes ? bytes.utf8 : Object.keys(bytes).join());
      }
      return chunks.map(() => 'stored' as const);
    },
    async record({ state }: Report) {
      answer();
      told.push(state);
      return 'recorded' as const;
    },
  };
  function answer(): void {
    if (hub.state !== 'there') throw new HubError(hub.state, `the hub is ${hub.state}`);
  }
  return hub;
}

async function openDelivery(hub: ReturnType<typeof openHub>, given: Partial<DeliveryOptions> = {}) {
  const files = await SpoolFiles.open(folder);
  return new Delivery({ hub, files, logger: silentLogger, onFailure: () => undefined, ...given });
}

const event = { eventId: newId('event'), attempt: 1 };
const chunk = (seq: number, text: string): LogChunk => ({
  ...event,
  ...{ seq, channel: 'stdout', at: 1, bytes: { utf8: text } },
});
const report: Report = { ...event, state: 'SUCCESS', lastLogSeq: 2 };

describe('what the hub can be told', () => {
  it('is told at once, and nothing is written', async () => {
    const hub = openHub();
    const delivery = await openDelivery(hub);
    await delivery.appendLogs([chunk(1, 'a\n')]);
    expect((await delivery.record(report)).told).toBe('recorded');
    expect(hub.told).toEqual(['log 1', 'SUCCESS']);
    expect(await readdir(folder)).toEqual([]);
    await delivery.close();
  });

  it('and will never be taken is no matter for the disk', async () => {
    const hub = openHub();
    const delivery = await openDelivery(hub);
    hub.state = 'rejected';
    await expect(delivery.record(report)).rejects.toMatchObject({ kind: 'rejected' });
    expect(delivery.use).toEqual({ bytes: 0, full: false });
    await delivery.close();
  });
});

describe('what the hub can not be told just now', () => {
  it('is told in order when it is back, and then nothing is left', async () => {
    const hub = openHub();
    const delivery = await openDelivery(hub);
    hub.state = 'retryable';
    expect(await delivery.appendLogs([chunk(1, 'a\n'), chunk(2, 'b\n')])).toEqual(['stored', 'stored']);
    const { told, delivered } = await delivery.record(report);
    expect(told).toBe('spooled');
    expect(delivery.use.bytes).toBeGreaterThan(0);
    hub.state = 'there';
    await delivered;
    expect(hub.told).toEqual(['log 1', 'log 2', 'SUCCESS']);
    await delivery.drained();
    expect(await readdir(folder)).toEqual([]);
    await delivery.close();
  });

  it('waits its turn behind what waits already', async () => {
    const hub = openHub();
    const delivery = await openDelivery(hub);
    hub.state = 'retryable';
    await delivery.appendLogs([chunk(1, 'a\n')]);
    hub.state = 'there';
    await delivery.appendLogs([chunk(2, 'b\n')]);
    await (await delivery.record(report)).delivered;
    expect(hub.told).toEqual(['log 1', 'log 2', 'SUCCESS']);
    await delivery.close();
  });

  it('is told by the next process, but for a line that a crash cut off', async () => {
    const hub = openHub();
    const first = await openDelivery(hub);
    hub.state = 'retryable';
    await first.appendLogs([chunk(1, 'a\n')]);
    await first.record(report);
    await first.close();
    const [name = ''] = (await readdir(folder)).toSorted().slice(-1);
    await appendFile(path.join(folder, name), '{"report":{"eventId":"evt_');
    hub.state = 'there';
    const second = await openDelivery(hub);
    await second.drained();
    expect(hub.told).toEqual(['log 1', 'SUCCESS']);
    await second.close();
  });

  it('stays on the disk when this sink is let in no more, and is tried no further', async () => {
    const hub = openHub();
    const delivery = await openDelivery(hub);
    hub.state = 'retryable';
    await delivery.record(report);
    hub.state = 'unauthenticated';
    await delivery.drained();
    expect(hub.told).toEqual([]);
    expect(delivery.use.bytes).toBeGreaterThan(0);
    await delivery.close();
  });

  it('and finds no room is dropped if it is log, with a word in its place, and kept if it is a result', async () => {
    const hub = openHub();
    const delivery = await openDelivery(hub, { maxBytes: 4_000 });
    hub.state = 'retryable';
    await delivery.appendLogs([chunk(1, `${'x'.repeat(3_000)}\n`)]);
    expect(delivery.use.full).toBe(false);
    await delivery.appendLogs([chunk(2, `${'y'.repeat(3_000)}\n`)]);
    expect(delivery.use.full).toBe(true);
    const { delivered } = await delivery.record({ ...report, result: { utf8: `"${'z'.repeat(10_000)}"` } });
    hub.state = 'there';
    await delivered;
    expect(hub.told).toEqual(['log 1', 'log 2', 'SUCCESS']);
    expect(JSON.parse(hub.lines[1] ?? '')).toMatchObject({
      level: 'warn',
      message: 'About 3,001 bytes of log were dropped here: the hub was away, and the space for waiting log was full.',
    });
    await delivery.drained();
    expect(delivery.use).toEqual({ bytes: 0, full: false });
    await delivery.close();
  });

  it('is kept in memory while the disk is full: of log a mark that says how many lines, and the result whole', async () => {
    const hub = openHub();
    const delivery = await openDelivery(hub);
    hub.state = 'retryable';
    await symlink('/dev/full', path.join(folder, '0000000001.ndjson'));
    await delivery.appendLogs([{ ...chunk(1, `${'x'.repeat(300)}\n`.repeat(10)), linesBefore: 0, continues: 0 }]);
    const { told, delivered } = await delivery.record({ ...report, result: { utf8: '"kept"' } });
    expect(told).toBe('spooled');
    hub.state = 'there';
    await delivered;
    await waitFor(() => hub.told.length === 2, { what: 'log and result' });
    expect(hub.told.toSorted()).toEqual(['SUCCESS', 'log 1']);
    expect(hub.lost).toEqual([{ lines: 10, why: 'the hub was away, and the space for waiting log was full' }]);
    await delivery.drained();
    expect(await readdir(folder)).toEqual([]);
    await delivery.close();
  });

  it('is kept in memory where the disk does not take it', async () => {
    const hub = openHub();
    const delivery = await openDelivery(hub);
    hub.state = 'retryable';
    await rm(folder, { recursive: true });
    await delivery.appendLogs([chunk(1, `${'x'.repeat(3_000)}\n`)]);
    const { delivered } = await delivery.record(report);
    hub.state = 'there';
    await delivered;
    await waitFor(() => hub.told.length === 2, { what: 'log and result' });
    expect(hub.told).toEqual(['log 1', 'SUCCESS']);
    expect(hub.lines[0]).toContain('About 3,001 bytes of log were dropped here');
    await delivery.close();
  });
});
