import { systemClock } from '@nexomatic/clock';
import { openDatabase } from '@nexomatic/db/database';
import { silentLogger } from '@nexomatic/logger';
import { openKeyring } from '../../keyring/keyring.ts';
import { readKeyring } from '../../keyring/read-keyring.ts';
import { rewrap } from '../../keyring/rewrap.ts';
import { createTenantKeys } from '../../keyring/tenant-keys.ts';
import { resealValues } from '../reseal-values.ts';

/** A process that does the rotating duties of a hub and nothing else, round after round, until it is killed. */
const [url = '', keys = ''] = process.argv.slice(2);
const read = readKeyring({ NEXOMATIC_KEYRING: keys });
if (!read.ok) throw new Error(read.fault);
const db = await openDatabase({ url, logger: silentLogger });
const keyring = await openKeyring(read.keys);
const parts = { sql: db.sql, keyring, clock: systemClock, logger: silentLogger };
const tenantKeys = await createTenantKeys({ db, keyring });
for (;;) {
  await rewrap(parts);
  await resealValues({ ...parts, tenantKeys });
}
