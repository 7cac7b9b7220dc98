import type { Envelope } from '@nexomatic/contracts/envelope';

/**
 * What becomes of a request that is held:
 * - `arriving`: its body is on its way to the store of large bodies; its sender has no answer yet. Left by `arrived`, or removed
 *   when the object that wrote it has ended meanwhile: nobody was told 202.
 * - `waiting`: answered 202, to be delivered. Left by the drain.
 * - `dead`: the hub would not have it. Left by whoever replays or discards it.
 * - `leaving`: delivered or discarded; its large body is still to be removed.
 */
export type HeldState = 'arriving' | 'waiting' | 'dead' | 'leaving';

/** One held request. `body` is null where it stands in the store of large bodies. */
export interface HeldRequest {
  state: HeldState;
  envelope: Envelope;
  body: ArrayBuffer | null;
  bodyBytes: number;
  tries: number;
}

export interface DeadRequest extends HeldRequest {
  code: string;
  detail: string;
  refusedAt: number;
}

/** A type, because a row that is read has to have an index signature. */
type Row = {
  state: HeldState;
  envelope: string;
  body: ArrayBuffer | null;
  bodyBytes: number;
  tries: number;
  code: string | null;
  detail: string | null;
  refusedAt: number | null;
};

const columns = 'state, envelope, body, body_bytes AS bodyBytes, tries, code, detail, refused_at AS refusedAt' as const;

/** How much there is. */
export interface HeldCounts {
  waiting: number;
  waitingBytes: number;
  dead: number;
}

/** The requests of one source that are held, in the order in which they came. */
export class HeldRequests {
  readonly #sql: SqlStorage;
  /** Kept beside the rows, so that a request that is added costs no look at all of them; null: to be counted. */
  #counts: HeldCounts | null = null;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`CREATE TABLE IF NOT EXISTS held (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      ingest_id TEXT NOT NULL UNIQUE,
      state TEXT NOT NULL CHECK (state IN ('arriving', 'waiting', 'dead', 'leaving')),
      received_at INTEGER NOT NULL,
      envelope TEXT NOT NULL,
      body BLOB,
      body_bytes INTEGER NOT NULL,
      tries INTEGER NOT NULL DEFAULT 0,
      code TEXT,
      detail TEXT,
      refused_at INTEGER
    )`);
    sql.exec('CREATE INDEX IF NOT EXISTS held_by_state ON held (state, seq)');
  }

  /** Adds one whose body is small enough to stand in its row; one that is held already stays as it is. */
  add(envelope: Envelope, body: ArrayBuffer): void {
    this.#insert(envelope, 'waiting', body, body.byteLength);
  }

  /** Makes room for one whose body goes elsewhere; false: it is held already. */
  announce(envelope: Envelope, bodyBytes: number): boolean {
    return this.#insert(envelope, 'arriving', null, bodyBytes);
  }

  /** The body of an announced one is kept: it waits. */
  arrived(ingestId: string): void {
    this.#counts = null;
    this.#sql.exec("UPDATE held SET state = 'waiting' WHERE ingest_id = ? AND state = 'arriving'", ingestId);
  }

  /** The one that came first of those that are to be delivered. */
  head(): HeldRequest | null {
    return this.#read("WHERE state IN ('waiting', 'arriving') ORDER BY seq LIMIT 1")[0] ?? null;
  }

  countTry(ingestId: string): void {
    this.#sql.exec('UPDATE held SET tries = tries + 1 WHERE ingest_id = ?', ingestId);
  }

  /** Puts one that waits aside. */
  bury(ingestId: string, { code, detail, refusedAt }: Pick<DeadRequest, 'code' | 'detail' | 'refusedAt'>): void {
    this.#counts = null;
    this.#sql.exec(
      "UPDATE held SET state = 'dead', tries = tries + 1, code = ?, detail = ?, refused_at = ? WHERE ingest_id = ?",
      ...[code, detail.slice(0, 500), refusedAt, ingestId],
    );
  }

  /** Takes the dead back into the line, each at its old place; gives how many they were. */
  revive(ingestId: string): number {
    this.#counts = null;
    const set = "state = 'waiting', tries = 0, code = NULL, detail = NULL, refused_at = NULL";
    return this.#ofDead(`UPDATE held SET ${set}`, ingestId);
  }

  /** Throws the dead away; gives how many they were. Large bodies go with the next sweep. */
  discard(ingestId: string): number {
    this.#counts = null;
    return this.#ofDead("UPDATE held SET state = 'leaving'", ingestId);
  }

  /** Throws away the dead that were refused before that instant. */
  expire(before: number): void {
    this.#counts = null;
    this.#sql.exec("UPDATE held SET state = 'leaving' WHERE state = 'dead' AND refused_at < ?", before);
  }

  /** It waits no more. */
  leave({ envelope: { ingestId }, body, bodyBytes }: HeldRequest): void {
    if (this.#counts) {
      this.#counts.waiting -= 1;
      this.#counts.waitingBytes -= bodyBytes;
    }
    if (body) this.remove(ingestId);
    else this.#sql.exec("UPDATE held SET state = 'leaving' WHERE ingest_id = ?", ingestId);
  }

  /** Removes those that are done with and had their body in their row; gives some of those whose large body is to be removed. */
  sweep(): HeldRequest[] {
    this.#sql.exec("DELETE FROM held WHERE state = 'leaving' AND body IS NOT NULL");
    return this.#read("WHERE state IN ('arriving', 'leaving') AND body IS NULL ORDER BY seq LIMIT 100");
  }

  remove(ingestId: string): void {
    this.#sql.exec('DELETE FROM held WHERE ingest_id = ?', ingestId);
  }

  /** A page of the dead, in the order in which they came. */
  dead({ limit, after }: { limit: number; after: string | undefined }): DeadRequest[] {
    const from = '(SELECT coalesce(max(seq), 0) FROM held WHERE ingest_id = ?)';
    return this.#read(`WHERE state = 'dead' AND seq > ${from} ORDER BY seq LIMIT ?`, after ?? '', limit);
  }

  get counts(): HeldCounts {
    this.#counts ??= this.#sql
      .exec<{ waiting: number; waitingBytes: number; dead: number }>(
        `SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting,
          coalesce(sum(body_bytes) FILTER (WHERE state = 'waiting'), 0) AS waitingBytes,
          count(*) FILTER (WHERE state = 'dead') AS dead FROM held`,
      )
      .one();
    return this.#counts;
  }

  /** When the oldest of those that wait was received; null when none waits. */
  get oldestAt(): number | null {
    const [oldest] = this.#sql
      .exec<{ at: number }>("SELECT received_at AS at FROM held WHERE state = 'waiting' ORDER BY seq LIMIT 1")
      .toArray();
    return oldest?.at ?? null;
  }

  #insert(envelope: Envelope, state: HeldState, body: ArrayBuffer | null, bodyBytes: number): boolean {
    const { ingestId, receivedAt } = envelope;
    const added = this.#sql
      .exec(
        `INSERT INTO held (ingest_id, state, received_at, envelope, body, body_bytes) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (ingest_id) DO NOTHING RETURNING seq`,
        ...[ingestId, state, receivedAt, JSON.stringify(envelope), body, bodyBytes],
      )
      .toArray();
    if (added.length === 0) return false;
    if (this.#counts && state === 'waiting') {
      this.#counts.waiting += 1;
      this.#counts.waitingBytes += bodyBytes;
    }
    return true;
  }

  /** Does it to one of the dead, or to all of them where no id is given. */
  #ofDead(change: string, ingestId: string): number {
    const one = ingestId === '' ? '' : 'AND ingest_id = ?';
    const statement = `${change} WHERE state = 'dead' ${one} RETURNING seq`;
    return this.#sql.exec(statement, ...(ingestId === '' ? [] : [ingestId])).toArray().length;
  }

  #read(where: string, ...bindings: (string | number)[]): DeadRequest[] {
    return this.#sql
      .exec<Row>(`SELECT ${columns} FROM held ${where}`, ...bindings)
      .toArray()
      .map((row) => ({
        ...row,
        envelope: JSON.parse(row.envelope) as Envelope,
        code: row.code ?? '',
        detail: row.detail ?? '',
        refusedAt: row.refusedAt ?? 0,
      }));
  }
}
