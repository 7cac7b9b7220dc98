import { runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import type { ForwardOutcome } from '@nexomatic/client/forward-envelope';
import { fakeClock } from '@nexomatic/clock';
import { newIngestId } from '@nexomatic/contracts/envelope';
import { newId } from '@nexomatic/contracts/id';
import { expect, test } from 'vitest';
import { accepting, takenOf } from '../../testing/ask-stand-in.ts';
import { createDeliverOrHold } from './deliver-or-hold.ts';
import { createHubBreaker } from './hub-breaker.ts';
import { envelopeOf, heldSource } from './testing/held-source.ts';

const away: ForwardOutcome = { kind: 'unreachable', cause: 'no answer within 1500 ms' };
const taken: ForwardOutcome = {
  kind: 'answered',
  status: 202,
  answer: { status: 'accepted', receiptId: newId('receipt'), eventId: null },
};
const body = new Uint8Array([0x7b, 0x7d]);

/** One isolate in front of a hub that is first away, and a source in it. */
async function isolate() {
  const source = await heldSource(accepting);
  const clock = fakeClock();
  const hub = { outcome: away, ready: false, forwarded: 0, asked: 0 };
  const background: Promise<unknown>[] = [];
  const deliver = createDeliverOrHold({
    async forward() {
      hub.forwarded += 1;
      return hub.outcome;
    },
    async askHub() {
      hub.asked += 1;
      return hub.ready;
    },
    buffers: env.SOURCE_BUFFERS,
    breaker: createHubBreaker(clock),
    background: (work) => void background.push(work),
    clock,
  });
  return {
    ...source,
    clock,
    hub,
    /** Sends one request; gives its id and what became of it. */
    async send(of = source.sourceKeyHash) {
      const envelope = { ...envelopeOf(of), ingestId: newIngestId() };
      const { kind } = await deliver(envelope, body);
      await Promise.all(background.splice(0));
      return { id: envelope.ingestId, kind };
    },
  };
}

test('after three requests that the hub did not take no sender waits for it any more', async () => {
  const { send, hub, sourceKeyHash } = await isolate();
  const other = await heldSource(accepting);
  for (let at = 0; at < 3; at++)
    expect(await send(at === 0 ? sourceKeyHash : newHash())).toMatchObject({ kind: 'buffered' });
  expect(hub.forwarded).toBe(3);
  expect(await send(other.sourceKeyHash)).toMatchObject({ kind: 'buffered' });
  expect(hub.forwarded).toBe(3);
});

test('while the hub is away it is asked once a second; when it is back, requests go to it and what waits is delivered at once', async () => {
  const { send, hub, clock, buffer, sourceKeyHash } = await isolate();
  const held = [(await send()).id];
  // One that is held at once, because another of its source is, is no failure of the hub: two more sources make it three.
  for (let at = 0; at < 2; at++) await send(newHash());
  held.push((await send()).id, (await send()).id);
  expect(hub).toMatchObject({ forwarded: 3, asked: 1 });
  clock.advance(1_000);
  Object.assign(hub, { ready: true, outcome: taken });
  held.push((await send()).id);
  expect(hub).toMatchObject({ forwarded: 3, asked: 2 });
  expect(await runDurableObjectAlarm(buffer)).toBeTypeOf('boolean');
  expect(await takenOf(sourceKeyHash)).toEqual(held);
  clock.advance(1_000);
  expect(await send()).toMatchObject({ kind: 'answered' });
  expect(hub).toMatchObject({ forwarded: 4, asked: 2 });
});

test('a request that comes while others of its source wait is held behind them, though the hub would take it', async () => {
  const { send, hub, clock, buffer, answer, sourceKeyHash } = await isolate();
  await answer({ status: 502, body: '' });
  const held = [(await send()).id];
  hub.outcome = taken;
  for (let at = 0; at < 3; at++) {
    const sent = await send();
    expect(sent.kind).toBe('buffered');
    held.push(sent.id);
    // Past what is taken for granted: the buffer is asked.
    clock.advance(5_000);
  }
  expect(hub.forwarded).toBe(1);
  await answer(accepting);
  await runDurableObjectAlarm(buffer);
  expect(await takenOf(sourceKeyHash)).toEqual(held);
  expect(await send()).toMatchObject({ kind: 'answered' });
});

test('requests of other sources go past a source of which some wait', async () => {
  const { send, hub } = await isolate();
  await send();
  hub.outcome = taken;
  expect(await send(newHash())).toMatchObject({ kind: 'answered' });
});

function newHash(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
