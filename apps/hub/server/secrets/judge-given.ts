import type { SealedToSinks } from '@nexomatic/contracts/end-to-end-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { SealedInput } from '@nexomatic/contracts/secret-api';
import type { Secret } from '@nexomatic/db/entities/secret';
import type { EntityManager } from '@nexomatic/db/query';
import type { Actor } from '../auth/actor.ts';
import type { TenantKeys } from '../keyring/tenant-keys.ts';
import { putBoxes } from './end-to-end/put-boxes.ts';
import { judgeValue } from './judge-value.ts';
import { putValue } from './put-value.ts';

/** A value as it comes: sealed to the tenant, or to the sinks that are granted it. */
export interface GivenValue {
  value?: SealedInput | undefined;
  sealed?: SealedToSinks | undefined;
}

/** Puts a value that was looked at into the secret whose row is locked. */
type PutGiven = (em: EntityManager, row: Secret, actor: Actor, now: number) => Promise<void>;

/** Looks at a value before the secret is locked; null where none was given. */
export async function judgeGiven(
  tenantKeys: TenantKeys,
  tenantId: Id<'tenant'>,
  { name, endToEnd }: Pick<Secret, 'name' | 'endToEnd'>,
  { value, sealed }: GivenValue,
): Promise<PutGiven | null> {
  if (endToEnd && value) {
    throw refused(
      'value',
      `is sealed to a key of the hub, and ${name} is end-to-end: seal it to its sinks, as \`sealed\``,
    );
  }
  if (!endToEnd && sealed) {
    throw refused('sealed', `is sealed to sinks, and ${name} is not end-to-end: seal it to \`key\`, as \`value\``);
  }
  if (sealed) return (em, row, actor, now) => putBoxes(em, row, actor, sealed, now);
  if (!value) return null;
  const judged = await judgeValue(tenantKeys, tenantId, name, value);
  return (em, row, actor, now) => putValue(em, row, actor, judged, now);
}

/** The refusal of a value, or of its lack. */
export const refused = (path: 'value' | 'sealed', message: string): NexomaticError =>
  new NexomaticError('unprocessable', 'The value can not be kept; see errors.', { errors: [{ path, message }] });
