import { coalesce } from '@nexomatic/coalesce';
import type { Id } from '@nexomatic/contracts/id';
import type { ReleaseOutcome } from '@nexomatic/contracts/sink-protocol';
import { insertSinkAudit, type SinkAudit } from '@nexomatic/db/ledger/audit';
import { byTenant } from '@nexomatic/db/ledger/rows';
import { insertReleases } from '@nexomatic/db/ledger/secrets';
import { isUnavailable } from '@nexomatic/db/ledger/unavailable';
import type { Sql, SqlTransaction } from '@nexomatic/db/sql';
import type { SinkIdentity } from '../attempts/sink-identity.ts';
import type { Origin } from '../auth/visitor.ts';
import { type Judged, judgeReleases, type ReleaseAsk } from './judge-release.ts';
import type { NoteSecretUse } from './note-secret-use.ts';
import type { SealRelease } from './seal-release.ts';

export type ReleaseSecrets = (
  sink: SinkIdentity,
  attempts: { eventId: Id<'event'>; attempt: number }[],
  origin: Origin,
) => Promise<ReleaseOutcome[]>;

/**
 * Gives a sink the secrets of attempts that it holds, sealed to its own key, once for each attempt. Whether it may, that it
 * did, and the audit entries of it are one transaction; a refusal has an entry as well.
 */
export function createReleaseSecrets(deps: {
  sql: Sql;
  sealRelease: SealRelease;
  noteUse: NoteSecretUse;
}): ReleaseSecrets {
  const { sql, sealRelease, noteUse } = deps;

  const releases = coalesce<ReleaseAsk, ReleaseOutcome>(
    async (batch) => {
      const judged = await sql.transaction(async (tx) => {
        const settled = new Map<ReleaseAsk, Judged>();
        for (const [tenantId, asks] of byTenant(batch)) {
          for (const [ask, judgement] of await releaseOfTenant(tx, sealRelease, tenantId, asks)) {
            settled.set(ask, judgement);
          }
        }
        return settled;
      });
      for (const [ask, judgement] of judged) if (judgement.kind === 'released') noteUse(ask, judgement.secrets);
      return batch.map((ask) => outcomeOf(judged.get(ask)));
    },
    { maxBatch: 200, isolate: (error) => !isUnavailable(error) },
  );

  return (sink, attempts, origin) =>
    Promise.all(attempts.map((ref) => releases.add({ tenantId: sink.tenantId, sink, origin, ...ref })));
}

async function releaseOfTenant(
  tx: SqlTransaction,
  sealRelease: SealRelease,
  tenantId: Id<'tenant'>,
  asks: ReleaseAsk[],
): Promise<Map<ReleaseAsk, Judged>> {
  const judged = await judgeReleases(tx, sealRelease, tenantId, asks);
  const given = [...judged].filter(([, { kind }]) => kind === 'released');
  insertReleases(
    tx,
    tenantId,
    given.map(([{ eventId, attempt, sink }]) => ({ eventId, attempt, sinkId: sink.sinkId })),
  );
  insertSinkAudit(
    tx,
    tenantId,
    [...judged].flatMap(([ask, judgement]) => auditOf(ask, judgement)),
  );
  return judged;
}

/** What the audit entry of a release tells; of one for a check on the sink there is no event. */
export interface ReleaseNote {
  event?: Id<'event'>;
  attempt?: number;
  check?: string;
  /** Name of the sink. */
  sink: string;
  version: number;
}

/** One entry for each secret that was given out, so that the log of a secret tells every use of it; one for a refusal. */
function auditOf({ sink, origin, eventId, attempt }: ReleaseAsk, judged: Judged): SinkAudit[] {
  const about = { sinkId: sink.sinkId, sinkName: sink.name, ...origin };
  if (judged.kind === 'refused') {
    const object = { kind: 'sink', id: sink.sinkId, name: sink.name };
    return [
      { ...about, action: 'secret.release_refused', object, after: { event: eventId, attempt, reason: judged.reason } },
    ];
  }
  return judged.secrets.map(({ id, name, version }) => ({
    ...about,
    action: 'secret.released',
    object: { kind: 'secret', id, name },
    after: { event: eventId, attempt, sink: sink.name, version } satisfies ReleaseNote,
  }));
}

function outcomeOf(judged: Judged | undefined): ReleaseOutcome {
  if (!judged) throw new Error('every attempt of a batch is judged');
  if (judged.kind === 'refused') return { outcome: 'refused', reason: judged.reason, message: judged.message };
  const sealed = judged.sealed.map(({ key, box }) => ({ key, box: base64(box) }));
  return { outcome: 'released', box: base64(judged.box), ...(sealed.length > 0 ? { sealed } : {}) };
}

const base64 = (box: Uint8Array): string => Buffer.from(box).toString('base64');
