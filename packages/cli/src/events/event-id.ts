import type { Id } from '@nexomatic/contracts/id';
import { isId } from '@nexomatic/contracts/id-form';
import { UsageError } from '../hub/usage-error.ts';

/** The text as the id of an event; what is none is wrong usage. */
export function eventIdOf(given: string): Id<'event'> {
  if (isId('event', given)) return given;
  throw new UsageError(`${given} is no id of an event: evt_ and 26 small letters or digits`);
}
