import type { Acknowledgement, SignalMessage, SinkCommand } from '@nexomatic/contracts/signal-api';
import { Sink } from '@nexomatic/db/entities/sink';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { systemActor } from '../../../auth/actor.ts';
import { openTestHub, type TestHub } from '../../../testing/open-test-hub.ts';
import { getSink } from '../../read-sinks.ts';
import { sayHello } from '../../say-hello.ts';
import { acknowledgeSignals } from '../acknowledge-signals.ts';
import { followSignals } from '../follow-signals.ts';
import { listSignals } from '../read-signals.ts';
import { sendSignal } from '../send-signal.ts';

/** A hub with a sink, the ways to signal it, and what its agent would say. */
export async function openSignalHub(urls: { databaseUrl: string; redisUrl: string }) {
  const hub = await openTestHub(urls);
  const { services, tenantId, sink } = hub;
  const { sinkId } = sink;
  // Made without a credential, which a sink of people has.
  const token = { tokenHash: Buffer.from(crypto.getRandomValues(new Uint8Array(32))) };
  await services.db.tenantEm(tenantId).nativeUpdate(Sink, { id: sinkId }, token);
  return {
    ...hub,
    send: (kind: SinkCommand) => sendSignal(services, tenantId, systemActor, { id: sinkId, kind }),
    say: (...said: Acknowledgement[]) => acknowledgeSignals(services, sink, said),
    shown: () => getSink(services, tenantId, sinkId),
    hello: (again = false) =>
      sayHello(services, sink, { version: '0.1.0', hostname: 'h', platform: 'p', slots: 4, again }),
    /** Kind, state and outcome of each signal, newest first. */
    async list() {
      const { signals } = await listSignals(services, tenantId, { id: sinkId, limit: 50 });
      return signals.map(({ kind, state, outcome }) => [kind, state, outcome]);
    },
    /** The agent's stream, held by this hub or another; `heard` grows while it is open. */
    listen(at: Pick<TestHub, 'services'> = hub, lastHeard: string | null = null) {
      const ending = new AbortController();
      const heard: SignalMessage[] = [];
      const ended = (async () => {
        for await (const message of followSignals(at.services, sink, lastHeard, ending.signal)) heard.push(message);
      })();
      const kinds = () =>
        heard.map((message) => (message.type === 'state' ? `paused ${message.paused}` : message.kind));
      return {
        heard,
        hears: (expected: string[]) =>
          waitFor(() => kinds().join() === expected.join(), { what: `to hear ${expected.join()}`, timeoutMs: 20_000 }),
        async end() {
          ending.abort();
          await ended;
        },
      };
    },
  };
}

export const done = (id: Acknowledgement['id']): Acknowledgement => ({
  id,
  state: 'done',
  outcome: 'done',
  detail: '',
});
export const received = (id: Acknowledgement['id']): Acknowledgement => ({ id, state: 'received' });
