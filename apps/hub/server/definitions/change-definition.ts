import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import {
  type EntityManager,
  ForeignKeyConstraintViolationException,
  OptimisticLockError,
  UniqueConstraintViolationException,
} from '@nexomatic/db/query';
import type { Definitions } from './definitions.ts';

export interface DefinitionDeps {
  db: Database;
  clock: Clock;
  definitions: Pick<Definitions, 'forgetAll'>;
}

/**
 * Changes definitions of a tenant in one transaction, audit entry and version included, and lets the event path of this
 * hub see the change at once. What the tables refuse becomes an answer that says what to do.
 */
export async function changeDefinition<T>(
  { db, definitions }: DefinitionDeps,
  tenantId: Id<'tenant'>,
  change: (em: EntityManager) => Promise<T>,
): Promise<T> {
  try {
    return await db.tenantEm(tenantId).transactional(change);
  } catch (error) {
    throw refusalOf(error);
  } finally {
    definitions.forgetAll();
  }
}

function refusalOf(error: unknown): unknown {
  if (error instanceof UniqueConstraintViolationException) {
    const message = 'another one has this name already';
    return new NexomaticError('conflict', 'The name is taken; choose another.', {
      cause: error,
      errors: [{ path: 'name', message }],
    });
  }
  if (error instanceof OptimisticLockError) return changedMeanwhile(undefined, error);
  if (error instanceof ForeignKeyConstraintViolationException) {
    const detail = 'Something that it refers to is gone, or something new refers to it; look at it again.';
    return new NexomaticError('conflict', detail, { cause: error });
  }
  return error;
}

/** The refusal of a change that was made on another version than the one that stands. */
function changedMeanwhile(version: number | undefined, cause?: unknown): NexomaticError {
  const what = version === undefined ? '' : ` It is at version ${version} now.`;
  return new NexomaticError('conflict', `Somebody saved it while you were editing.${what} Read it and save again.`, {
    cause,
    ...(version === undefined ? {} : { currentVersion: version }),
  });
}

/** Refuses a change that was made on another version than the one that stands. */
export function expectVersion(row: { version: number }, version: number): void {
  if (row.version !== version) throw changedMeanwhile(row.version);
}
