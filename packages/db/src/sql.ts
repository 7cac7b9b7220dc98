import type { Pool, PoolConnection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { EventFact } from './ledger/event-fact.ts';
import { retryLockFailures } from './retry-lock-failures.ts';

/**
 * A value for a `?`. Bytes go to BINARY and BLOB columns; an array becomes a list: `IN (?)` takes `[1, 2]`, `VALUES ?`
 * takes `[[1, 'a'], [2, 'b']]`.
 */
export type SqlValue = string | number | boolean | null | Date | Uint8Array | SqlLiteral | readonly SqlValue[];

/** Text that is SQL already and is put in as it is: only ever made of what can't hold a quote. */
export interface SqlLiteral {
  toSqlString(): string;
}

/** Sends statements. BINARY and BLOB columns come back as Buffer, DATETIME as Date, TINYINT(1) as 0 or 1. */
export interface SqlRunner {
  query<Row extends object>(text: string, params?: SqlValue[]): Promise<Row[]>;
  /** `affectedRows` of an UPDATE are the rows that met its conditions, also those that already held the new values. */
  run(text: string, params?: SqlValue[]): Promise<{ affectedRows: number }>;
}

/**
 * Statements of one transaction. Round trips are what an idle event waits for, so BEGIN and what was deferred travel
 * together with the next statement whose outcome is asked for, or with each other before COMMIT.
 */
export interface SqlTransaction extends SqlRunner {
  /**
   * Sends the statement later, in order, and at the latest before COMMIT. `check` gets its affected rows before anything
   * is committed, and gives the transaction up by throwing.
   */
  defer(text: string, params: SqlValue[], check?: (affectedRows: number) => void): void;
  /** What this transaction makes true. `Sql.onCommitted` is told once it is committed, and never if it is given up. */
  tell(facts: EventFact[]): void;
}

/** Raw SQL on a pool of its own: the event path, and whatever else is a statement rather than an entity. */
export interface Sql extends SqlRunner {
  /**
   * Commits if `work` returns, rolls back if it throws. After a deadlock or a lock time-out everything, `work` included,
   * is done again up to three times, so `work` must do nothing but send statements.
   */
  transaction<T>(work: (tx: SqlTransaction) => Promise<T>): Promise<T>;
  /** Names who is told what committed transactions have made true. Nothing waits for it, and it must not throw. */
  onCommitted(listener: (facts: EventFact[]) => void): void;
  /** Statements sent since the start, BEGIN, COMMIT and ROLLBACK included. */
  statements(): number;
}

interface Statement {
  text: string;
  params: SqlValue[];
  check?: (affectedRows: number) => void;
}

/**
 * Bytes of text that statements may make together: a server takes no more than its `max_allowed_packet` in one query, by
 * default 16 MiB on MariaDB and 64 MiB on MySQL 8.
 */
const maxPacketBytes = 8 * 1024 * 1024;

/** As few round trips as packets allow. A statement that is too long by itself is its writer's to split. */
function toPackets(statements: Statement[]): Statement[][] {
  const packets: Statement[][] = [];
  let packet: Statement[] = [];
  let bytes = 0;
  for (const statement of statements) {
    const size = sizeOf(statement);
    if (packet.length > 0 && bytes + size > maxPacketBytes) {
      packets.push(packet);
      packet = [];
      bytes = 0;
    }
    packet.push(statement);
    bytes += size;
  }
  packets.push(packet);
  return packets;
}

/** Bytes travel as hex digits; texts are short, and counted by the question mark that they replace. */
function sizeOf({ text, params }: Statement): number {
  let size = text.length;
  for (const param of params) if (param instanceof Uint8Array) size += 2 * param.length;
  return size;
}

type Outcome = RowDataPacket[] | ResultSetHeader;

/** `pool` must allow several statements in one query. */
export function createSql(pool: Pool): Sql {
  let sent = 0;
  let committed: (facts: EventFact[]) => void = () => undefined;

  /** Sends statements in one round trip. The server stops at the first that fails, and the error is that one's. */
  async function send(target: Pick<Pool, 'query'>, statements: Statement[]): Promise<Outcome[]> {
    sent += statements.length;
    const text = statements.map((statement) => statement.text).join(';\n');
    const params = statements.flatMap((statement) => statement.params);
    const [outcome] = await target.query<RowDataPacket[][] | ResultSetHeader>(text, params);
    return statements.length === 1 ? [outcome as Outcome] : (outcome as Outcome[]);
  }

  function runnerOn(sendOne: (statement: Statement) => Promise<Outcome>): SqlRunner {
    return {
      async query<Row extends object>(text: string, params: SqlValue[] = []) {
        return (await sendOne({ text, params })) as (Row & RowDataPacket)[];
      },
      async run(text, params = []) {
        const { affectedRows } = (await sendOne({ text, params })) as ResultSetHeader;
        return { affectedRows };
      },
    };
  }

  async function attempt<T>(connection: PoolConnection, work: (tx: SqlTransaction) => Promise<T>): Promise<T> {
    let waiting: Statement[] = [{ text: 'BEGIN', params: [] }];
    let begun = false;
    const told: EventFact[] = [];

    async function flush(last: Statement[]): Promise<Outcome | undefined> {
      const packets = toPackets([...waiting, ...last]);
      waiting = [];
      begun = true;
      let outcome: Outcome | undefined;
      for (const statements of packets) {
        const outcomes = await send(connection, statements);
        statements.forEach(({ check }, i) => {
          check?.((outcomes[i] as ResultSetHeader).affectedRows);
        });
        outcome = outcomes.at(-1);
      }
      return outcome;
    }

    const tx: SqlTransaction = {
      ...runnerOn(async (statement) => (await flush([statement])) as Outcome),
      defer(text, params, check) {
        waiting.push({ text, params, ...(check ? { check } : {}) });
      },
      tell(facts) {
        told.push(...facts);
      },
    };
    try {
      const outcome = await work(tx);
      // What is to be checked must have been checked before COMMIT; the rest may share its round trip.
      if (waiting.some(({ check }) => check)) await flush([]);
      if (begun || waiting.length > 1) await flush([{ text: 'COMMIT', params: [] }]);
      if (told.length > 0) committed(told);
      return outcome;
    } catch (error) {
      // A connection that can't roll back is closed, which makes the server roll back.
      if (begun) await send(connection, [{ text: 'ROLLBACK', params: [] }]).catch(() => connection.destroy());
      throw error;
    }
  }

  const direct = runnerOn(async (statement) => (await send(pool, [statement]))[0] as Outcome);
  return {
    // A single statement that lost a deadlock has changed nothing, so it is safe to send again as it is.
    query: (text, params) => retryLockFailures(() => direct.query(text, params)),
    run: (text, params) => retryLockFailures(() => direct.run(text, params)),
    transaction: (work) =>
      retryLockFailures(async () => {
        const connection = await pool.getConnection();
        try {
          return await attempt(connection, work);
        } finally {
          connection.release();
        }
      }),
    onCommitted(listener) {
      committed = listener;
    },
    statements: () => sent,
  };
}
