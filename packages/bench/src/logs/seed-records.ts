import { type Id, idToBytes } from '@nexomatic/contracts/id';
import type { Sql } from '@nexomatic/db/sql';
import type { ListTenant } from '../lists/list-tenant.ts';

/** Rows as a busy installation has them: four in ten are output, one in a hundred is an error; 200 lines make an event. */

const perStatement = 100_000;
const linesOfEvent = 200;

interface Seed {
  tenant: ListTenant;
  total: number;
  /** Evenly over this time, up to its end. */
  endMs: number;
  spanMs: number;
}

const hex = (id: Id<'tenant' | 'eventType' | 'source' | 'sink'>): string =>
  `X'${Buffer.from(idToBytes(id)).toString('hex')}'`;

/** Made by the database itself: ten million rows would take longer to send than to write. The keys come back afterwards, sorted. */
export async function seedRecords(sql: Sql, seed: Seed, say: (text: string) => void): Promise<void> {
  const keys = ['log_records_by_event', 'log_records_by_level', 'log_records_by_type'];
  await sql.run(`ALTER TABLE log_records ${keys.map((key) => `DROP KEY ${key}`).join(', ')}`);
  await sql.run('CREATE TABLE digits (d int PRIMARY KEY)');
  await sql.run('INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)');
  for (let from = 0; from < seed.total; from += perStatement) {
    await sql.run(insertOf(seed, from, Math.min(perStatement, seed.total - from)));
    say(`seeded ${Math.min(seed.total, from + perStatement).toLocaleString('en')} records`);
  }
  await sql.run('DROP TABLE digits');
  await sql.run(`ALTER TABLE log_records ADD KEY log_records_by_event (tenant_id, event_id, attempt),
    ADD KEY log_records_by_level (tenant_id, level, at),
    ADD KEY log_records_by_type (tenant_id, event_type_id, level, at)`);
  await sql.query('ANALYZE TABLE log_records');
}

function insertOf({ tenant, total, endMs, spanMs }: Seed, from: number, rows: number): string {
  const digits = ['a', 'b', 'c', 'd', 'e'];
  const number = digits.map((name, i) => `${name}.d * ${10 ** i}`).join(' + ');
  const numbers = `SELECT ${from} + ${number} AS n FROM ${digits.map((name) => `digits ${name}`).join(', ')}`;
  const step = spanMs / total;
  const time = (n: string) => `FROM_UNIXTIME((${endMs} - (${total} - ${n}) * ${step}) / 1000)`;
  const event = `n DIV ${linesOfEvent}`;
  const eventMs = `FLOOR(${endMs} - (${total} - (${event}) * ${linesOfEvent}) * ${step})`;
  return `INSERT INTO log_records
    (tenant_id, at, event_id, attempt, seq, line, level, channel, event_type_id, source_id, sink_id, text, fields)
    SELECT ${hex(tenant.id)}, ${time('n')}, UNHEX(CONCAT(LPAD(HEX(${eventMs}), 12, '0'), '7000', LPAD(HEX(${event}), 16, '0'))),
      1, (n MOD ${linesOfEvent}) DIV 10 + 1, n MOD 10, level, IF(level = 0, 'stdout', 'record'),
      ${typeOf(tenant, total)}, ${oneOf(tenant.sources.map(hex), 'CRC32(CONCAT("s", e))')},
      ${oneOf(tenant.sinks.map(hex), 'CRC32(CONCAT("k", e))')}, ${text}, ${fields}
    FROM (SELECT n, ${event} AS e, r, CASE WHEN r < 10 THEN 4 WHEN r < 40 THEN 3 WHEN r < 100 THEN 1 WHEN r < 500 THEN 0 ELSE 2 END AS level
      FROM (SELECT n, CRC32(n) MOD 1000 AS r FROM (${numbers}) numbers) random) made WHERE n < ${from + rows}`;
}

const text = `CONCAT(ELT(CRC32(n * 7) MOD 5 + 1, 'Fetched page ', 'Wrote file ', 'Step done: ', 'Waiting for ', 'Sent mail to '),
  MD5(n), IF(level = 4, ELT(n MOD 3 + 1, ' ConnectionRefusedError: 10.0.0.7:5432', ' TimeoutError after 30 s', ' exit code 1'), ''),
  IF(n MOD 1000003 = 5, ' needle', ''))`;
const fields = `IF(level = 0, NULL, CONCAT('{"order.id":', n MOD 500000, ',"customer":"customer-', CRC32(e) MOD 1000, '","ms":', n MOD 900, '}'))`;

/** The first of them stands for most, as in life. */
const oneOf = (values: string[], random: string): string =>
  `ELT(FLOOR(POW(${random} / 4294967296e0, 3) * ${values.length}) + 1, ${values.join(', ')})`;

function typeOf({ types, stopped }: ListTenant, total: number): string {
  const cases = types.map(({ id, upTo }) => `WHEN CRC32(e) / 4294967296e0 < ${upTo} THEN ${hex(id)}`).join(' ');
  return `CASE WHEN n < ${total / 5} AND CRC32(CONCAT('t', e)) MOD 10 < 6 THEN ${hex(stopped.id)} ${cases} END`;
}
