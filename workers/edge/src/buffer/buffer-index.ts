import { DurableObject } from 'cloudflare:workers';
import type { BufferStatus } from '@nexomatic/contracts/edge-protocol';

export type SourceStatus = BufferStatus['sources'][number];

/** Sources in one answer at most; those whose oldest request is oldest come first. */
const mostListed = 5_000;

/**
 * The one object that knows which sources hold anything, because objects can't be listed from inside. Each source's buffer says
 * how it stands, after each round of delivery and while it fills; a line of it may be some seconds old.
 */
export class BufferIndex extends DurableObject {
  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    ctx.storage.sql.exec(`CREATE TABLE IF NOT EXISTS sources (
      source_key_hash TEXT PRIMARY KEY,
      oldest_at INTEGER,
      status TEXT NOT NULL
    )`);
  }

  /** Remembers how a source stands; one that holds nothing any more is forgotten. */
  note(status: SourceStatus): void {
    const { sql } = this.ctx.storage;
    const { sourceKeyHash, oldestAt } = status;
    if (status.waiting === 0 && status.deadLetters === 0) {
      sql.exec('DELETE FROM sources WHERE source_key_hash = ?', sourceKeyHash);
      return;
    }
    sql.exec('INSERT OR REPLACE INTO sources VALUES (?, ?, ?)', sourceKeyHash, oldestAt, JSON.stringify(status));
  }

  list(): SourceStatus[] {
    return this.ctx.storage.sql
      .exec<{ status: string }>(
        'SELECT status FROM sources ORDER BY oldest_at IS NULL, oldest_at, source_key_hash LIMIT ?',
        mostListed,
      )
      .toArray()
      .map(({ status }) => JSON.parse(status) as SourceStatus);
  }
}

/** The stub of the one object. */
export const bufferIndex = (index: DurableObjectNamespace<BufferIndex>): DurableObjectStub<BufferIndex> =>
  index.get(index.idFromName('index'));
