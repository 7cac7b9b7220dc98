import { type Clock, systemClock } from '@nexomatic/clock';
import { type Database, openDatabase } from '@nexomatic/db/database';
import { readDatabaseTime } from '@nexomatic/db/ledger/schedule-rows';
import type { Sql } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';
import { connectRedis, type Redis } from '@nexomatic/queue/connection';
import { type LiveBus, openLiveBus } from '@nexomatic/queue/live';
import { openTicketQueues, type TicketQueues } from '@nexomatic/queue/ticket-queue';
import { openSodium } from '@nexomatic/sealing/sodium';
import { type ArchivedLogs, createArchivedLogs } from './archive/archived-logs.ts';
import { type Blobs, createBlobs } from './archive/blobs.ts';
import { type ClaimAttempts, createClaimAttempts } from './attempts/claim-attempt.ts';
import { createHandBack, type HandBack } from './attempts/hand-back.ts';
import { createRecordResults, type RecordResults } from './attempts/record-result.ts';
import { createRenewLeases, type RenewLeases } from './attempts/renew-leases.ts';
import { type AuthenticateToken, createAuthenticateToken } from './auth/authenticate-token.ts';
import { createLoginThrottle, type LoginThrottle } from './auth/login-throttle.ts';
import { createPasswords, type Passwords } from './auth/password/passwords.ts';
import { createIdentityProviders, type IdentityProviders } from './auth/single-sign-on/identity-providers.ts';
import { createEdgeBuffer, type EdgeBuffer } from './buffer/edge-buffer.ts';
import { createDefinitions, type Definitions } from './definitions/definitions.ts';
import { createRelay, type Relay } from './dispatch/relay-outbox.ts';
import type { HubEnv } from './env.ts';
import { type AcceptEvents, createAcceptEvent, createKeepFiltered, type KeepFiltered } from './ingress/accept-event.ts';
import { createCommitReceipts } from './ingress/commit-receipts.ts';
import { createTenantRate, type TakeTenantRate } from './ingress/tenant-rate.ts';
import { type Keyring, openKeyring } from './keyring/keyring.ts';
import { createTenantKeys, type TenantKeys } from './keyring/tenant-keys.ts';
import { type AppendLogs, createAppendLogs } from './logs/append-log.ts';
import { createLimitLog } from './logs/limits/limit-log.ts';
import { createIndexRecords } from './logs/search/index-records.ts';
import { createRequestCounters, type RequestCounters } from './requests/count-requests.ts';
import { createRecordRefusals, type RecordRefusals } from './requests/record-refusals.ts';
import { createSharers, type Sharers } from './secrets/end-to-end/sharers.ts';
import { createMaskArrivals } from './secrets/mask-arrivals.ts';
import { createNoteSecretUse } from './secrets/note-secret-use.ts';
import { createReleaseSecrets, type ReleaseSecrets } from './secrets/release-secrets.ts';
import { createReleasedValues, type ReleasedValues } from './secrets/released-values.ts';
import { createSealRelease, type SealRelease } from './secrets/seal-release.ts';
import { createSignalBus, type SignalBus } from './sinks/control/signal-bus.ts';
import { createDirectAccess, type DirectAccess } from './sinks/direct/direct-access.ts';
import { type AccessTokens, createAccessTokens } from './sinks/enrolment/access-tokens.ts';
import { createGuessLimit, type GuessLimit } from './sinks/enrolment/guess-limit.ts';
import { createGateway, type Gateway } from './sinks/gateway/gateway.ts';
import { createSinkGate, type SinkGate } from './sinks/sink-gate.ts';
import { createNoteReceived, type NoteReceived } from './sources/note-received.ts';
import { createEventCounters, type EventCounters } from './stats/count-events.ts';
import { createReadFigures, type ReadFigures } from './stats/read-figures.ts';

export type { SinkIdentity } from './attempts/sink-identity.ts';

/** What the hub is made of, built once per process and handed on; nothing here is reached through a global. */
export interface Services {
  env: HubEnv;
  clock: Clock;
  logger: Logger;
  db: Database;
  sql: Sql;
  redis: Redis;
  queues: TicketQueues;
  live: LiveBus;
  signals: SignalBus;
  keyring: Keyring;
  tenantKeys: TenantKeys;
  definitions: Definitions;
  authenticateToken: AuthenticateToken;
  relay: Relay;
  acceptEvent: AcceptEvents;
  keepFiltered: KeepFiltered;
  takeTenantRate: TakeTenantRate;
  claimAttempts: ClaimAttempts;
  renewLeases: RenewLeases;
  recordResults: RecordResults;
  handBack: HandBack;
  appendLogs: AppendLogs;
  blobs: Blobs;
  archivedLogs: ArchivedLogs;
  releaseSecrets: ReleaseSecrets;
  sealRelease: SealRelease;
  releasedValues: ReleasedValues;
  sharers: Sharers;
  gateway: Gateway;
  directAccess: DirectAccess;
  eventCounters: EventCounters;
  requestCounters: RequestCounters;
  recordRefusals: RecordRefusals;
  noteReceived: NoteReceived;
  edgeBuffer: EdgeBuffer;
  readFigures: ReadFigures;
  passwords: Passwords;
  loginThrottle: LoginThrottle;
  identityProviders: IdentityProviders;
  accessTokens: AccessTokens;
  guessLimit: GuessLimit;
  sinkGate: SinkGate;
  /** The database's clock, by which hubs agree on what is due. */
  databaseTime(): Promise<Date>;
  /** Throws, within seconds, when Redis does not answer. */
  redisReady(): Promise<void>;
  close(): Promise<void>;
}

export async function createServices(env: HubEnv, logger: Logger, clock: Clock = systemClock): Promise<Services> {
  const db = await openDatabase({ url: env.databaseUrl, logger });
  const redis = connectRedis(env.redisUrl, { role: 'hub', logger });
  const subscriber = connectRedis(env.redisUrl, { role: 'hub-live', logger, blocking: true });
  const { sql } = db;
  const keyring = await openKeyring(env.keyring);
  const tenantKeys = await createTenantKeys({ db, keyring });
  const queues = openTicketQueues(redis, logger);
  const live = openLiveBus(redis, subscriber, logger);
  const eventCounters = createEventCounters({ sql });
  const definitions = createDefinitions({ sql, clock, keyring, logger });
  const relay = createRelay({ sql, queues, definitions, logger });
  const releasedValues = createReleasedValues({ sql, tenantKeys, clock });
  const sealRelease = createSealRelease({ sealing: await openSodium(), tenantKeys, clock, logger });
  const maskArrivals = createMaskArrivals(releasedValues);
  const parts = { sql, definitions, relay, live, releasedValues, maskArrivals };
  const commits = createCommitReceipts(parts);
  const requestCounters = createRequestCounters({ sql });
  const blobs = createBlobs({ env });
  const accessTokens = createAccessTokens({ keyring, clock });
  const claimAttempts = createClaimAttempts(parts);
  const handBack = createHandBack(parts);
  const directAccess = createDirectAccess({ env, redis, sql, keyring, logger });
  const gateway = createGateway({ redisUrl: env.redisUrl, redis, definitions, claimAttempts, handBack, clock, logger });
  const sinkGate = createSinkGate({ publisher: redis, subscriber, definitions, logger });
  const signals = createSignalBus({ publisher: redis, subscriber, sql, live, definitions, logger });
  signals.onPauseChanged((sinkId) => gateway.endTakes(sinkId));
  sinkGate.onShutOut(({ sinkId }) => {
    gateway.cutOff(sinkId);
    directAccess.remove(sinkId).catch((error: Error) => logger.warn({ sinkId, error: error.message }, 'redis.not_cut'));
  });

  return {
    env,
    clock,
    logger,
    db,
    redis,
    queues,
    keyring,
    tenantKeys,
    ...parts,
    signals,
    authenticateToken: createAuthenticateToken({ db, clock, definitions, accessTokens, logger }),
    acceptEvent: createAcceptEvent({ definitions, commits }),
    keepFiltered: createKeepFiltered({ commits }),
    takeTenantRate: createTenantRate(env.tenantRate, clock),
    claimAttempts,
    renewLeases: createRenewLeases(parts),
    recordResults: createRecordResults(parts),
    handBack,
    appendLogs: createAppendLogs({
      ...parts,
      indexRecords: createIndexRecords({ db, definitions, clock, logger }),
      limitLog: createLimitLog({ sql, clock, definitions }),
    }),
    blobs,
    archivedLogs: createArchivedLogs({ sql, blobs, logger }),
    sealRelease,
    sharers: createSharers({ sql, clock }),
    releaseSecrets: createReleaseSecrets({
      sql,
      sealRelease,
      noteUse: createNoteSecretUse({ sql, clock, logger }),
    }),
    gateway,
    directAccess,
    eventCounters,
    requestCounters,
    recordRefusals: createRecordRefusals({ ...parts, clock, logger, counters: requestCounters }),
    edgeBuffer: createEdgeBuffer({ env, clock }),
    noteReceived: createNoteReceived({ sql, clock, logger }),
    readFigures: createReadFigures({ sql, clock }),
    passwords: createPasswords(),
    loginThrottle: createLoginThrottle(redis),
    identityProviders: createIdentityProviders(env, clock),
    accessTokens,
    guessLimit: createGuessLimit(redis),
    sinkGate,
    databaseTime: () => readDatabaseTime(sql),
    async redisReady() {
      await redis.ping();
    },
    async close() {
      signals.close();
      await gateway.close();
      await relay.idle();
      await Promise.all([eventCounters.write(), requestCounters.write()]).catch((error: unknown) => {
        logger.warn({ error: error instanceof Error ? error.message : String(error) }, 'counts.lost');
      });
      await queues.close();
      await live.close();
      redis.disconnect();
      await blobs.close();
      await db.close();
    },
  };
}
