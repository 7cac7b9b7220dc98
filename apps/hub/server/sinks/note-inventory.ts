import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { ModuleInventory } from '@nexomatic/contracts/module-inventory';
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
  const text = JSON.stringify(inventory);
  if (Buffer.byteLength(text) > maxBytes) {
    throw new NexomaticError(
      'payload_too_large',
      `A list of modules may have ${maxBytes} bytes; shorten what they say.`,
    );
  }
  await db.tenantEm(tenantId).nativeUpdate(Sink, { id: sinkId }, { inventory: text });
}
