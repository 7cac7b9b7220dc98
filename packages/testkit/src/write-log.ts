import { type Id, idFromBytes, idToBytes } from '@nexomatic/contracts/id';
import { openDatabase } from '@nexomatic/db/database';
import { insertLogChunks } from '@nexomatic/db/ledger/log-chunks';
import { silentLogger } from '@nexomatic/logger';
import type { Product } from './start-product.ts';
import { waitFor } from './wait-for.ts';

type Piece = ['stdout' | 'stderr', string] | ['record', { level: string; message: string; fields?: object }];

const chunkBytes = 64 * 1024;
const lineFeed = 0x0a;
const at = Date.parse('2026-11-24T10:00:00Z');

/** Waits until the event is finished and puts this in place of the log of its first attempt, as an agent would cut it. */
export async function writeLog(product: Product, event: string, pieces: Piece[]): Promise<void> {
  const database = await openDatabase({ url: product.database, logger: silentLogger });
  const { sql } = database;
  const id = idToBytes(event);
  const finished = async () =>
    (
      await sql.query<{ tenant_id: Buffer }>(
        'SELECT tenant_id FROM attempts WHERE event_id = ? AND finished_at IS NOT NULL',
        [id],
      )
    )[0];
  await waitFor(async () => (await finished()) !== undefined, { what: 'the event to finish' });
  const tenantId = idFromBytes('tenant', (await finished())?.tenant_id ?? new Uint8Array(16));
  const bodies = pieces.flatMap(([channel, text]) => {
    const bytes = Buffer.from(typeof text === 'string' ? text : `${JSON.stringify({ at, ...text })}\n`);
    const parts = Math.ceil(bytes.length / chunkBytes);
    return Array.from({ length: parts }, (_, part) => ({
      channel,
      body: bytes.subarray(part * chunkBytes, (part + 1) * chunkBytes),
    }));
  });
  await sql.run('DELETE FROM log_chunks WHERE event_id = ?', [id]);
  await insertLogChunks(
    sql,
    bodies.map(({ channel, body }, index) => ({
      ...{ tenantId, eventId: event as Id<'event'>, attempt: 1, seq: index + 1, channel, body },
      ...{ at: new Date(at + index * 40), encoding: 'plain' as const },
      lines: body.filter((byte) => byte === lineFeed).length,
      errors: body.toString().split('"level":"error"').length - 1,
    })),
  );
  await sql.run('UPDATE attempts SET last_log_seq = ? WHERE event_id = ?', [bodies.length, id]);
  await database.close();
}
