import { createHash, randomBytes } from 'node:crypto';
import { newId } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Action } from '@nexomatic/db/entities/action';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Sink } from '@nexomatic/db/entities/sink';
import { SinkType } from '@nexomatic/db/entities/sink-type';
import { Source } from '@nexomatic/db/entities/source';
import { Tenant } from '@nexomatic/db/entities/tenant';

export interface BenchTenant {
  tenantId: Tenant['id'];
  /** Last part of the webhook's address. */
  sourceKey: string;
  sinkToken: string;
}

/** Name of the module that does nothing; the sink carries it. */
export const noOpModule = 'bench.no-op';

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A tenant with one webhook, whose event type has no parameters and runs the no-op on a CUSTOM sink. */
export async function seedTenant(database: Database, slots: number): Promise<BenchTenant> {
  const tenantId = newId('tenant');
  const [sinkTypeId, actionId, eventTypeId] = [newId('sinkType'), newId('action'), newId('eventType')] as const;
  const sourceKey = randomBytes(20).toString('hex').slice(0, 32);
  const sinkToken = `nxs_${randomBytes(32).toString('base64url')}`;

  // The tenant itself belongs to nobody yet.
  const system = database.systemEm();
  system.create(Tenant, { id: tenantId, slug: 'bench', name: 'Bench' });
  await system.flush();

  const em = database.tenantEm(tenantId);
  em.create(SinkType, { tenantId, id: sinkTypeId, name: 'BENCH', runtime: 'CUSTOM' });
  em.create(Action, { tenantId, id: actionId, name: 'no-op', module: noOpModule });
  em.create(EventType, { tenantId, id: eventTypeId, name: 'bench.received', sinkTypeId, actionId });
  em.create(Source, {
    tenantId,
    id: newId('source'),
    name: 'bench',
    kind: 'WEBHOOK',
    keyHash: sha256(sourceKey),
    eventTypeId,
  });
  em.create(Sink, {
    tenantId,
    id: newId('sink'),
    name: 'bench-sink',
    sinkTypeId,
    tokenHash: sha256(sinkToken),
    slots,
  });
  await em.flush();
  return { tenantId, sourceKey, sinkToken };
}
