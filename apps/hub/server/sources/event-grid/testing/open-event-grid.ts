import { type Id, idToBytes, newId } from '@nexomatic/contracts/id';
import { Source } from '@nexomatic/db/entities/source';
import { SourceSecret } from '@nexomatic/db/entities/source-secret';
import { readEventGridConsumer } from '@nexomatic/db/ledger/event-grid';
import { waitFor } from '@nexomatic/testkit/wait-for';
import type { Loop } from '../../../background/loop.ts';
import type { HubEnv } from '../../../env.ts';
import type { TestHub } from '../../../testing/open-test-hub.ts';
import { secretContext } from '../../source-definition.ts';
import { createEventGridConsumers } from '../consumers.ts';
import { type FakeNamespace, type FakeOptions, openFakeNamespace } from './fake-namespace.ts';

/** A namespace, a source that pulls from it, and any number of hubs that would. */
export async function openEventGrid(hub: TestHub, eventTypeId: Id<'eventType'>, options: FakeOptions = {}) {
  const namespace = await openFakeNamespace(options);
  const sourceId = await makeEventGridSource(hub, namespace, eventTypeId);
  const loops: Loop[] = [];
  return {
    namespace,
    sourceId,
    /** Another hub begins; its rounds come quickly, its leases are short. */
    startHub(timing: { renewEveryMs?: number; leaseSeconds?: number } = {}): Loop {
      const env = { ...hub.services.env, instance: 'development', eventGridHosts: [], eventGridIdentity: false };
      const loop = createEventGridConsumers(
        { ...hub.services, env: env as HubEnv },
        { everyMs: 50, leaseSeconds: 5, renewEveryMs: 20_000, ...timing },
      );
      loops.push(loop);
      loop.start();
      return loop;
    },
    async facts() {
      const facts = await readEventGridConsumer(hub.services.sql, hub.tenantId, sourceId);
      if (!facts) throw new Error('the source is not connected');
      return facts;
    },
    change: (columns: Partial<Pick<Source, 'enabled' | 'eventTypeId' | 'settings'>>) =>
      hub.services.db.tenantEm(hub.tenantId).nativeUpdate(Source, { id: sourceId }, columns),
    receiving: () => waitFor(() => namespace.waiting() > 0, { what: 'a hub to wait for events' }),
    async close() {
      await Promise.all(loops.map((loop) => loop.stop()));
      await namespace.close();
    },
  };
}

async function makeEventGridSource(
  { services: { db, sql, keyring }, tenantId }: TestHub,
  namespace: FakeNamespace,
  eventTypeId: Id<'eventType'>,
): Promise<Id<'source'>> {
  const em = db.tenantEm(tenantId);
  const id = newId('source');
  const settings = {
    ...{ namespaceUrl: namespace.url, topic: 'orders', subscription: 'nexomatic', auth: { kind: 'access_key' } },
    ...{ maxEvents: 20, maxWaitSeconds: 10 },
  };
  const kind = 'EVENT_GRID' as const;
  const row = { tenantId, id, name: id.slice(-8), kind, eventTypeId, settings: JSON.stringify(settings) };
  await em.persist(em.create(Source, row)).flush();
  const secretId = newId('sourceSecret');
  const wrapped = keyring.wrap(Buffer.from(namespace.accessKey), secretContext(tenantId, id, secretId));
  await em
    .persist(em.create(SourceSecret, { tenantId, id: secretId, sourceId: id, wrapped: Buffer.from(wrapped) }))
    .flush();
  await sql.run('INSERT INTO event_grid_consumers (tenant_id, source_id) VALUES (?, ?)', [
    idToBytes(tenantId),
    idToBytes(id),
  ]);
  return id;
}

/** A CloudEvent as a publisher might write it. */
export const cloudEvent = (id: string, data = '{"n":1}', more = ''): string =>
  `{"specversion":"1.0","id":"${id}","source":"/orders","type":"order.placed","data":${data}${more}}`;
