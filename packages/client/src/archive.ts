import type { ArchiveStatus, RanArchive } from '@nexomatic/contracts/archive-api';
import type { HubClient } from './hub-client.ts';
import { told } from './refusal.ts';

/** Where old logs of the tenant stand. */
export interface Archive {
  /** How it is doing: the store, what is in it, and what is due. */
  status(): Promise<ArchiveStatus>;
  /** Archives what is due now; not `done` where that would take longer than twenty seconds, and the hub goes on by itself. */
  run(): Promise<RanArchive>;
}

/** The part of the client that is about the archive. */
export function createArchive({ archive }: HubClient): Archive {
  return {
    status: () => told(archive.status.query({})),
    run: () => told(archive.run.mutate({})),
  };
}
