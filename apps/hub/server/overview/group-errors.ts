import type { ErrorGroup } from '@nexomatic/contracts/overview-api';
import type { ErrorRow } from '@nexomatic/db/overview-reads';

/** Numbers and hexadecimal ids in a message tell one occurrence from another, not one fault from another. */
const telling = /\b(?=[a-f]*\d)[0-9a-f]{8,}\b|\b[a-z]{3}_[0-9a-z]{26}\b|\d+(\.\d+)*/gi;

/** Errors by type, reason and message, those that happened last first. `errors` come newest first. */
export function groupErrors(errors: ErrorRow[], typeName: (row: ErrorRow) => string): ErrorGroup[] {
  const groups = new Map<string, ErrorGroup>();
  for (const error of errors) {
    const key = `${error.eventTypeId} ${error.reason} ${error.message?.replace(telling, '#')}`;
    const group = groups.get(key);
    if (group) group.count += 1;
    else {
      const { reason, message } = error;
      const lastAt = error.finishedAt.toISOString();
      groups.set(key, { type: typeName(error), reason, message, count: 1, lastAt, latestId: error.id });
    }
  }
  return [...groups.values()];
}
