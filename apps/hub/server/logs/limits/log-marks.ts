import type { LogLimits } from '@nexomatic/contracts/log-limits';
import { measureChunk } from '../chunk-body.ts';
import type { LostHere, StoredChunk } from '../stored-chunk.ts';

/** Why the hub drops what an attempt writes. */
export interface Dropping {
  /** `attempt`: nothing more of it is kept; `day`: what it writes tomorrow is. */
  limit: 'attempt' | 'day';
  why: string;
  message: string;
}

const truncated = 'truncated at ';

export function attemptIsFull({ attemptMiB }: LogLimits): Dropping {
  const why = `${truncated}${attemptMiB} MiB (limit of this tenant)`;
  return { limit: 'attempt', why, message: `Log ${why}: what follows is not kept.` };
}

/** `until`: the day from which on logs are kept again. */
export function dayIsFull({ dayGiB }: LogLimits, until: string): Dropping {
  const why = `this tenant’s logs of today have reached ${dayGiB} GiB, its limit; they are kept again from ${until}T00:00Z`;
  return { limit: 'day', why, message: `Log is dropped from here: ${why}.` };
}

/** What a mark that stands in the database says of the chunks behind it. */
export function droppingOf(mark: Pick<LostHere, 'why' | 'goesOn'> | null): Dropping['limit'] | null {
  if (!mark?.goesOn) return null;
  return mark.why.startsWith(truncated) ? 'attempt' : 'day';
}

/** Takes the place of the first chunk that is dropped. */
export function markInPlaceOf<Chunk extends StoredChunk>(chunk: Chunk, { why, message }: Dropping): Chunk {
  // Without its agent's count, nobody could tell the lines of what is dropped behind it.
  const lines = chunk.place ? measureChunk(chunk).lines : 0;
  const record = { at: chunk.at.getTime(), level: 'warn', message };
  const body = Buffer.from(`${JSON.stringify(record)}\n`);
  return { ...chunk, channel: 'record', body, lost: { lines, why, goesOn: true } };
}
