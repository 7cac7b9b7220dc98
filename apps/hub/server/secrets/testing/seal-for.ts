import type { Id } from '@nexomatic/contracts/id';
import type { SealedInput } from '@nexomatic/contracts/secret-api';
import { noble } from '@nexomatic/sealing/noble';
import { sealSecret } from '@nexomatic/sealing/secret-box';
import type { Services } from '../../services.ts';

/** A value as a browser would send it: sealed to the tenant's key. */
export async function sealFor(
  { tenantKeys }: Pick<Services, 'tenantKeys'>,
  tenantId: Id<'tenant'>,
  name: string,
  value: string | Uint8Array,
  version = 1,
): Promise<SealedInput> {
  const { keyId, publicKey } = await tenantKeys.current(tenantId);
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  const box = sealSecret(noble, publicKey, { tenant: tenantId, name, version }, bytes);
  return { keyId, version, box: Buffer.from(box).toString('base64') };
}
