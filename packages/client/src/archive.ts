import type {
  AdoptedArchives,
  ArchiveCheck,
  ArchiveStatus,
  RanArchive,
  RestoredArchive,
  VerifiedArchive,
} from '@nexomatic/contracts/archive-api';
import type { inferRouterInputs } from '@trpc/server';
import type { AppRouter, HubClient } from './hub-client.ts';
import { told } from './refusal.ts';

export type RestoreLogs = inferRouterInputs<AppRouter>['archive']['restore'];

/** Where old logs of the tenant stand. */
export interface Archive {
  /** How it is doing: the store, what is in it, and what is due. */
  status(): Promise<ArchiveStatus>;
  /** Archives what is due now; not `done` where that would take longer than twenty seconds, and the hub goes on by itself. */
  run(): Promise<RanArchive>;
  /** Has archived logs stand in the database again for some days; the hub copies them in the background. */
  restore(logs: RestoreLogs): Promise<RestoredArchive>;
  /** Compares the store with what the database says of it; `fix` deletes leftovers that are older than a day. */
  check(options?: { fix?: boolean }): Promise<ArchiveCheck>;
  /** Takes up objects whose logs stand nowhere else, after the database was set back; ask again until it is `done`. */
  adopt(): Promise<AdoptedArchives>;
  /** Reads every object whole and compares it with what was stored, some at a time as they are asked for. */
  verify(): AsyncGenerator<VerifiedArchive, void, void>;
}

/** The part of the client that is about the archive. */
export function createArchive({ archive }: HubClient): Archive {
  return {
    status: () => told(archive.status.query({})),
    run: () => told(archive.run.mutate({})),
    restore: (logs) => told(archive.restore.mutate(logs)),
    check: (options = {}) => told(archive.check.mutate(options)),
    adopt: () => told(archive.adopt.mutate({})),
    async *verify() {
      for (let after = {}; ; ) {
        const page: VerifiedArchive = await told(archive.verify.query(after));
        yield page;
        if (page.next === null) return;
        after = { after: page.next };
      }
    },
  };
}
