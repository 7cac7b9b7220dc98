import type { InstanceArchive, InstanceHealth, InstanceKeyring } from '@nexomatic/contracts/instance-api';
import { countByRootKey } from '@nexomatic/db/ledger/key-rotation';
import { redisVersion } from '@nexomatic/queue/redis-version';
import { readArchiveFault } from '../archive/archive-fault.ts';
import { readInstanceBuffer } from '../buffer/read-buffer.ts';
import { checkReady } from '../check-ready.ts';
import type { Services } from '../services.ts';
import { hubVersion } from '../version.ts';

const flavours = { mysql: 'MySQL', mariadb: 'MariaDB' } as const;

/** What `/readyz` tells, with how long each answer took, and what everything is made of. */
export async function readHealth(
  services: Pick<Services, 'db' | 'sql' | 'redis' | 'redisReady' | 'clock' | 'edgeBuffer' | 'keyring' | 'blobs'>,
): Promise<InstanceHealth> {
  const { db, redis, clock } = services;
  const [{ ready, checks, ms }, edge] = await Promise.all([checkReady(services), readInstanceBuffer(services)]);
  const isReadable = checks.database === 'ok' && checks.migrations === 'ok';
  const names = ['database', 'redis', 'migrations'] as const;
  return {
    ready,
    checkedAt: new Date(clock.now()).toISOString(),
    checks: names.map((name) => ({ name, result: checks[name], ms: ms[name] })),
    edge,
    keyring: isReadable ? await readKeyringUse(services) : null,
    archive: isReadable ? await readInstanceArchive(services) : null,
    startedAt: new Date(clock.now() - Math.round(process.uptime() * 1_000)).toISOString(),
    versions: {
      hub: hubVersion,
      node: process.version,
      database: `${flavours[db.flavour]} ${db.serverVersion}`,
      redis: checks.redis === 'ok' ? await redisVersion(redis) : null,
    },
  };
}

async function readKeyringUse({ sql, keyring }: Pick<Services, 'sql' | 'keyring'>): Promise<InstanceKeyring> {
  const rows = await countByRootKey(sql);
  const older = keyring.olderFingerprints.map((fingerprint) => ({ fingerprint, rows: rows.get(fingerprint) ?? 0 }));
  return { fingerprint: keyring.fingerprint, older };
}

/** How the store of old logs is doing, as the hub that archives last saw it. */
export async function readInstanceArchive({ sql, blobs }: Pick<Services, 'sql' | 'blobs'>): Promise<InstanceArchive> {
  return { place: (await blobs.store()).place, fault: await readArchiveFault(sql) };
}
