import { type Id, newId } from '@nexomatic/contracts/id';
import { Secret } from '@nexomatic/db/entities/secret';
import { SecretBox } from '@nexomatic/db/entities/secret-box';
import { nodeSealing } from '@nexomatic/sealing/node';
import type { SealTo } from '@nexomatic/sealing/seal-to-sinks';
import { sealSecret } from '@nexomatic/sealing/secret-box';
import type { Services } from '../../services.ts';

/** Gives a sink so many end-to-end secrets at once. */
export async function fillBoxes(
  { db }: Pick<Services, 'db'>,
  tenantId: Id<'tenant'>,
  { id: sinkId, boxKey: key }: SealTo,
  many: number,
): Promise<void> {
  const em = db.tenantEm(tenantId);
  const boxKey = Buffer.from(key, 'base64url');
  const secrets = Array.from({ length: many }, (_, n) => ({ id: newId('secret'), name: `SECRET_${n}` }));
  const set = { endToEnd: true, valueVersion: 1, lastValueVersion: 1 };
  for (const secret of secrets) em.create(Secret, { tenantId, ...secret, ...set }, { persist: true });
  await em.flush();
  for (const { id: secretId, name } of secrets) {
    const place = { tenant: tenantId, name, version: 1 };
    const box = Buffer.from(sealSecret(nodeSealing, boxKey, place, Buffer.from(`value of ${name}`)));
    const granted = { tenantId, secretId, sinkId, boxKey, approvedBy: 'test' };
    em.create(SecretBox, { ...granted, version: 1, box }, { persist: true });
  }
  await em.flush();
}
