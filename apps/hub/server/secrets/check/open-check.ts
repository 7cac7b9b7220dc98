import { checkPurpose } from '@nexomatic/contracts/release-box';
import type { OpenCheck, SecretCheck } from '@nexomatic/contracts/secret-check-api';
import { insertSinkAudit } from '@nexomatic/db/ledger/audit';
import { findHeldBoxes } from '@nexomatic/db/ledger/secret-boxes';
import { findBoxKeys, findSecretsWithValues } from '@nexomatic/db/ledger/secrets';
import type { Sql } from '@nexomatic/db/sql';
import type { Redis } from '@nexomatic/queue/connection';
import { noteAnswer, noteOpened, takeAsked } from '@nexomatic/queue/secret-checks';
import type { SinkIdentity } from '../../attempts/sink-identity.ts';
import type { Origin } from '../../auth/visitor.ts';
import type { ReleaseNote } from '../release-secrets.ts';
import type { SealRelease } from '../seal-release.ts';
import { type NotedCheck, readNoted } from './noted-check.ts';

interface Deps {
  sql: Sql;
  redis: Redis;
  sealRelease: SealRelease;
}

/** Gives a sink the secret of a check that it was told of, sealed to its key, once and with an audit entry; null if there is nothing to try. */
export async function openCheck(deps: Deps, sink: SinkIdentity, id: string, origin: Origin): Promise<OpenCheck | null> {
  const { redis } = deps;
  const check = readNoted(await takeAsked(redis, id), sink);
  if (!check) return null;
  const { name, nonce, version, endToEnd } = check;
  const outcome = await seal(deps, check, sink, id, origin);
  if (typeof outcome === 'string') {
    const answer: SecretCheck = { outcome: 'failed', size: null, fingerprint: null, message: outcome };
    await noteAnswer(redis, id, JSON.stringify(answer));
    return null;
  }
  await noteOpened(redis, id, JSON.stringify(check));
  return { name, nonce, box: Buffer.from(outcome).toString('base64'), ...(endToEnd ? { version } : {}) };
}

/** The box, or why there is none. */
function seal(
  { sql, sealRelease }: Deps,
  check: NotedCheck,
  sink: SinkIdentity,
  id: string,
  origin: Origin,
): Promise<Uint8Array | string> {
  const { tenantId, sinkId, name, version } = check;
  return sql.transaction(async (tx) => {
    const boxKey = (await findBoxKeys(tx, tenantId, [sinkId])).get(sinkId);
    if (!boxKey) return 'The hub has no key of this sink to seal the secret to.';
    const [secret] = await findSecretsWithValues(tx, tenantId, [name]);
    if (secret?.id !== check.secretId || secret.valueVersion !== version) {
      return `The secret ${name} was changed or deleted meanwhile.`;
    }
    const sealed = secret.sealed
      ? await sealRelease({ tenantId, sinkId, boxKey }, checkPurpose(id), [
          { key: name, name, version, sealed: secret.sealed },
        ])
      : (await findHeldBoxes(tx, tenantId, [secret.id], [sinkId]))[0]?.box;
    if (!sealed) return `The sink does not have the value of ${name} any more.`;
    if (!(sealed instanceof Uint8Array)) return `No key of the hub opens the value of ${name}; set it anew.`;
    insertSinkAudit(tx, tenantId, [auditOf(check, sink, origin, id)]);
    return sealed;
  });
}

const auditOf = ({ secretId, name, version }: NotedCheck, sink: SinkIdentity, origin: Origin, check: string) => ({
  sinkId: sink.sinkId,
  sinkName: sink.name,
  ...origin,
  action: 'secret.released' as const,
  object: { kind: 'secret', id: secretId, name },
  after: { check, sink: sink.name, version } satisfies ReleaseNote,
});
