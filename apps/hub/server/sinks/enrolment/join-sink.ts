import { type Join, type Joined, joinProofText, joinTokenPattern } from '@nexomatic/contracts/enrolment-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import { JoinToken } from '@nexomatic/db/entities/join-token';
import { Sink } from '@nexomatic/db/entities/sink';
import { SinkType } from '@nexomatic/db/entities/sink-type';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { type EntityManager, raw } from '@nexomatic/db/query';
import { recordAudit } from '../../audit/record-audit.ts';
import { hashToken } from '../../auth/tokens.ts';
import type { Origin } from '../../auth/visitor.ts';
import { changeDefinition, type DefinitionDeps } from '../../definitions/change-definition.ts';
import { hubVersion } from '../../version.ts';
import { expectAgentVersion } from '../expect-agent-version.ts';
import { labelsOf } from '../read-sinks.ts';
import type { GuessLimit } from './guess-limit.ts';
import { placeOf } from './sink-place.ts';
import { signedBy } from './verify-signature.ts';

type Deps = DefinitionDeps & { env: { publicUrl: string; oldestAgent: string }; guessLimit: GuessLimit };

/** Unknown, used up, expired, revoked, of a suspended tenant, or without the proof of its key: told apart for nobody. */
const refused = () =>
  new NexomaticError(
    'unauthenticated',
    'This join token is not valid, or not any more. Make a new one on the page “Add sink” of the hub.',
  );

/**
 * Lets a machine in as a sink: trades a join token for a place under the key that the machine has made. One whose answer
 * was lost may join again with the same token and key, and gets the same place.
 */
export function joinSink(deps: Deps, join: Join, origin: Origin): Promise<Joined> {
  expectAgentVersion(deps, join);
  return deps.guessLimit.guard(origin.remoteAddress, async () => {
    const tokenHash = hashToken(join.token);
    const proved = joinProofText(tokenHash.toString('base64url'), join.signKey, join.boxKey);
    if (!joinTokenPattern.test(join.token) || !signedBy(join.signKey, proved, join.proof)) throw refused();
    // The token says which tenant it is for, so none is known yet.
    const token = await deps.db.systemEm().findOne(JoinToken, { tokenHash, ...stillOpen(deps) });
    if (!token) throw refused();
    await expectOwnKey(deps, token, join.signKey);
    return changeDefinition(deps, token.tenantId, (em) => joinWithin(deps, em, token, join, origin));
  });
}

const stillOpen = ({ clock }: Pick<Deps, 'clock'>) => ({ revokedAt: null, expiresAt: { $gt: new Date(clock.now()) } });

/** A key opens one place: of one tenant, and one type. */
async function expectOwnKey(deps: Deps, token: JoinToken, signKey: string): Promise<void> {
  const known = await deps.db.systemEm().findOne(Sink, { signKey: Buffer.from(signKey, 'base64url') });
  if (!known || (known.tenantId === token.tenantId && known.sinkTypeId === token.sinkTypeId)) return;
  const detail = 'This machine joined as a sink of another type or tenant; leave there first: nexomatic-sink leave.';
  throw new NexomaticError('conflict', detail);
}

async function joinWithin(
  deps: Deps,
  em: EntityManager,
  token: JoinToken,
  join: Join,
  origin: Origin,
): Promise<Joined> {
  const { tenantId, sinkTypeId } = token;
  const tenant = await em.findOne(Tenant, { id: tenantId, suspendedAt: null });
  const type = await em.findOne(SinkType, { id: sinkTypeId });
  if (!tenant || !type) throw refused();
  const signKey = Buffer.from(join.signKey, 'base64url');
  const before = await em.findOne(Sink, { signKey });
  const repeated = before?.joinTokenId === token.id;
  if (!repeated && !(await takeUse(deps, em, token.id))) throw refused();
  const sink = before ?? (await placeOf(em, token, join));
  em.assign(sink, {
    signKey,
    boxKey: Buffer.from(join.boxKey, 'base64url'),
    joinTokenId: token.id,
    labels: labelsText({ ...join.labels, ...labelsOf(token) }),
    hostname: join.hostname,
    platform: join.platform,
    version: join.version,
  });
  em.persist(sink);
  if (!repeated) recordJoin(em, token, sink, type.name, origin);
  await em.flush();
  return {
    sinkId: sink.id,
    name: sink.name,
    type: { name: type.name, runtime: type.runtime },
    tenant: { id: tenantId, name: tenant.name },
    hub: { url: deps.env.publicUrl, version: hubVersion },
  };
}

/** One conditional write, so that of two machines with a token for one of them a single one gets in. */
async function takeUse(deps: Deps, em: EntityManager, id: Id<'joinToken'>): Promise<boolean> {
  const open = { id, usesLeft: { $gt: 0 }, ...stillOpen(deps) };
  return (await em.nativeUpdate(JoinToken, open, { usesLeft: raw('uses_left - 1') })) === 1;
}

const labelsText = (labels: Record<string, string>): string | null =>
  Object.keys(labels).length > 0 ? JSON.stringify(labels) : null;

function recordJoin(
  em: EntityManager,
  token: JoinToken,
  sink: Sink,
  type: string,
  { remoteAddress, requestId }: Origin,
): void {
  const name = `join token …${token.hint}`;
  const actor = { kind: 'system' as const, id: token.id, name, remoteAddress, requestId };
  const object = { kind: 'sink' as const, id: sink.id, name: sink.name };
  const { hostname = null, platform = null } = sink;
  const after = { name: sink.name, type, hostname, platform, labels: labelsOf(sink) };
  recordAudit(em, token.tenantId, actor, { action: 'sink.joined', object, before: null, after });
}
