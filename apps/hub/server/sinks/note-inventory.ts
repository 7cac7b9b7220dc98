import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type ModuleInventory, maxInventoryModules } from '@nexomatic/contracts/module-inventory';
import type { Database } from '@nexomatic/db/database';
import { Sink } from '@nexomatic/db/entities/sink';
import type { SinkIdentity } from '../attempts/sink-identity.ts';

const maxBytes = 1024 * 1024;

/** Keeps what a sink says that it can run, for people to read: what it is told to run is not checked against it. */
export async function noteInventory(
  { db }: { db: Database },
  { tenantId, sinkId }: SinkIdentity,
  inventory: ModuleInventory,
): Promise<void> {
  const { length } = inventory.modules;
  if (length > maxInventoryModules) {
    const detail = `A list may name ${maxInventoryModules} modules, and this one names ${length}.`;
    throw new NexomaticError('payload_too_large', detail);
  }
  const text = JSON.stringify(inventory);
  if (Buffer.byteLength(text) > maxBytes) {
    const detail = `A list of modules may have ${maxBytes} bytes; shorten what they say.`;
    throw new NexomaticError('payload_too_large', detail);
  }
  await db.tenantEm(tenantId).nativeUpdate(Sink, { id: sinkId }, { inventory: text });
}
