import { readInstanceSetting, writeInstanceSetting } from '@nexomatic/db/ledger/instance-settings';
import type { SqlRunner } from '@nexomatic/db/sql';

/** When all tenants were last looked at, whichever hub did it. */

const name = 'archive.passed';

/** After everything was looked at: what is archived is whole days, so that there is no hurry. */
const passEveryMs = 10 * 60_000;

export async function readLastPass(sql: SqlRunner): Promise<Date | null> {
  const text = await readInstanceSetting(sql, name);
  return text ? new Date(text) : null;
}

export const noteLastPass = (sql: SqlRunner, now: number): Promise<void> =>
  writeInstanceSetting(sql, name, new Date(now).toISOString());

/** Whether it is time for another; an end that is still to come was written by a clock that was wrong. */
export async function isPassDue(sql: SqlRunner, now: number): Promise<boolean> {
  const last = await readLastPass(sql);
  return !last || last.getTime() > now || now - last.getTime() >= passEveryMs;
}
