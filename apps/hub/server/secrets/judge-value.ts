import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { SealedInput } from '@nexomatic/contracts/secret-api';
import { isShortValue, secretText, secretValueFault } from '@nexomatic/contracts/secret-limits';
import type { TenantKeys } from '../keyring/tenant-keys.ts';
import { shownKey } from './seal-key.ts';

/** A value that may be kept: its box as it came, and what may be said of what is inside. */
export interface JudgedValue {
  keyId: Id<'tenantKey'>;
  version: number;
  box: Buffer;
  size: number;
  short: boolean;
}

/**
 * Opens a sealed value to see that sinks will be able to: that it is for this tenant, secret and version, and text of a
 * size that is taken. Nothing of the value is kept but the box.
 */
export async function judgeValue(
  tenantKeys: TenantKeys,
  tenantId: Id<'tenant'>,
  name: string,
  given: SealedInput,
): Promise<JudgedValue> {
  const current = await tenantKeys.current(tenantId);
  if (given.keyId !== current.keyId) {
    const detail = 'The value was sealed to a key that no longer takes new values; seal it to the one in `sealKey`.';
    throw new NexomaticError('seal_key_changed', detail, { sealKey: shownKey(current) });
  }
  const box = Buffer.from(given.box, 'base64');
  const opened = await tenantKeys.openWith(tenantId, { keyId: given.keyId, box });
  if (!opened) throw refused('value.box', `holds no value that was sealed to the key ${given.keyId}`);
  try {
    if (opened.tenant !== tenantId || opened.name !== name || opened.version !== given.version) {
      throw refused('value.box', `was not sealed for version ${given.version} of ${name} in this tenant`);
    }
    const fault = secretValueFault(opened.value);
    if (fault !== null) throw refused('value', fault);
    const short = isShortValue(secretText(opened.value) ?? '');
    return { keyId: given.keyId, version: given.version, box, size: opened.value.length, short };
  } finally {
    opened.value.fill(0);
  }
}

const refused = (path: string, message: string): NexomaticError =>
  new NexomaticError('unprocessable', 'The value can not be kept; see errors.', { errors: [{ path, message }] });
