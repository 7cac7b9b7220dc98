import { oldestAgentVersion } from '@nexomatic/contracts/agent-version';
import type { SourceKind } from '@nexomatic/contracts/definition-api';
import type { EventReason, EventState } from '@nexomatic/contracts/event-state';
import { type Id, idToBytes, newId } from '@nexomatic/contracts/id';
import type { Assignment, Report } from '@nexomatic/contracts/sink-protocol';
import type { Ticket } from '@nexomatic/contracts/ticket';
import { silentLogger } from '@nexomatic/logger';
import { queuePrefix, typeQueueName } from '@nexomatic/queue/names';
import { withoutLogin } from '@nexomatic/queue/without-login';
import { startTicketWorker, type TicketWorker } from '@nexomatic/queue/worker';
import {
  makeAction,
  makeEventType,
  makeParameter,
  makeSink,
  makeSinkType,
  makeTenant,
} from '@nexomatic/testkit/factories';
import type { HubEnv } from '../env.ts';
import type { AcceptEvent, AcceptOutcome } from '../ingress/accept-event.ts';
import { testKeyringKeys } from '../keyring/testing/test-keyring.ts';
import { createServices, type Services, type SinkIdentity } from '../services.ts';

/** The hub's rules on a real database and a real Redis, with a tenant of its own, and no HTTP in front. */
export interface TestHub {
  services: Services;
  tenantId: Id<'tenant'>;
  sink: SinkIdentity;
  addSink(name: string): Promise<SinkIdentity>;
  addEventType(name: string, options?: EventTypeOptions): Promise<Id<'eventType'>>;
  /** Accepts one event and answers its id. */
  fire(eventTypeId: Id<'eventType'>, payload?: string): Promise<Id<'event'>>;
  accept(input: Partial<AcceptEvent> & { eventTypeId: Id<'eventType'> }): Promise<AcceptOutcome>;
  /** Claims the event's next attempt for the sink, without a queue. */
  claim(eventId: Id<'event'>, attempt?: number, by?: SinkIdentity): Promise<Assignment>;
  report(ticket: Ticket, state: Report['state'], more?: Partial<Report>, by?: SinkIdentity): Promise<string>;
  events(): Promise<EventFacts[]>;
  event(id: Id<'event'>): Promise<EventFacts>;
  /** Takes tickets off the type queue and ends each claimed event as `end` says (SUCCESS when it says nothing). */
  runSink(end?: (assignment: Assignment) => Partial<Report>): TicketWorker;
  close(): Promise<void>;
}

interface EventTypeOptions {
  onSuccess?: Id<'eventType'>;
  onFailure?: Id<'eventType'>;
  maxAttempts?: number;
  backoffSeconds?: number;
  queueTtlSeconds?: number;
  rerunWhenLost?: boolean;
  enabled?: boolean;
  sourceKind?: SourceKind;
  payloadSchema?: string;
  parameters?: { key: string; kind: 'STATIC' | 'DATA' | 'SECRET'; value: string }[];
}

export interface EventFacts {
  id: Buffer;
  type: string;
  state: EventState;
  reason: EventReason | null;
  message: string | null;
  attempt: number;
  stalls: number;
  depth: number;
  parent: Buffer | null;
  edge: string | null;
  payload: string;
}

const queueType = 'TEST';

export async function openTestHub(
  urls: { databaseUrl: string; redisUrl: string } & Partial<Pick<HubEnv, 'blobStore'>>,
): Promise<TestHub> {
  // The rules read no other setting.
  const env = {
    databaseUrl: urls.databaseUrl,
    redisUrl: urls.redisUrl,
    sinkRedisUrl: withoutLogin(urls.redisUrl),
    keyring: testKeyringKeys,
    tenantRate: 2_000,
    ...(urls.blobStore ? { blobStore: urls.blobStore } : {}),
    oldestAgent: oldestAgentVersion,
  } as HubEnv;
  const services = await createServices(env, silentLogger);
  const { db, sql } = services;
  const { id: tenantId } = await makeTenant(db);
  const sinkType = await makeSinkType(db, tenantId, { name: queueType, runtime: 'CUSTOM' });
  const tenant = idToBytes(tenantId);

  async function addSink(name: string): Promise<SinkIdentity> {
    const { sink } = await makeSink(db, sinkType, { name });
    return { kind: 'sink', tenantId, sinkId: sink.id, sinkTypeId: sinkType.id, name };
  }

  async function addEventType(name: string, options: EventTypeOptions = {}): Promise<Id<'eventType'>> {
    const { onSuccess, onFailure, parameters = [], ...settings } = options;
    const action = await makeAction(db, tenantId, {
      name,
      module: 'test.run',
      onSuccessId: onSuccess ?? null,
      onFailureId: onFailure ?? null,
    });
    const eventType = await makeEventType(db, { sinkType, action }, { name, backoffSeconds: 0, ...settings });
    for (const parameter of parameters) await makeParameter(db, eventType, parameter);
    return eventType.id;
  }

  const sink = await addSink('test-sink');
  const accept: TestHub['accept'] = (input) =>
    services.acceptEvent({
      tenantId,
      sourceId: null,
      sourceKind: 'CUSTOM',
      bypassedBy: null,
      receiptId: newId('receipt'),
      dedupeKey: null,
      body: Buffer.from('{"a":1}'),
      contentType: 'application/json',
      remoteAddress: '127.0.0.1',
      headers: [],
      receivedAt: services.clock.now(),
      rejectOtherBody: false,
      ...input,
    });

  const facts = (where: string, params: Buffer[] = []): Promise<EventFacts[]> =>
    sql.query<EventFacts>(
      `SELECT e.id, t.name AS type, e.state, e.reason, e.message, e.attempt, e.stalls, e.depth, e.parent_id AS parent, e.edge,
         CONVERT(p.body USING utf8mb4) AS payload
       FROM events e JOIN event_types t ON t.tenant_id = e.tenant_id AND t.id = e.event_type_id
         JOIN event_payloads p ON p.tenant_id = e.tenant_id AND p.event_id = e.id
       WHERE e.tenant_id = ? ${where} ORDER BY e.id`,
      [tenant, ...params],
    );

  const hub: TestHub = {
    services,
    tenantId,
    sink,
    addSink,
    addEventType,
    accept,
    async fire(eventTypeId, payload = '{"a":1}') {
      const outcome = await accept({ eventTypeId, body: Buffer.from(payload) });
      if (outcome.kind !== 'accepted') throw new Error(`not accepted: ${outcome.kind}`);
      return outcome.eventId;
    },
    async claim(eventId, attempt = 1, by = sink) {
      const [outcome] = await services.claimAttempts(by, [{ eventId, attempt }]);
      if (outcome?.outcome !== 'claimed') throw new Error(`not claimed: ${outcome?.outcome}`);
      return outcome;
    },
    async report({ eventId, attempt }, state, more = {}, by = sink) {
      const report: Report = { eventId, attempt, state, lastLogSeq: 0, ...more };
      return (await services.recordResults(by, [report]))[0] ?? 'nothing';
    },
    events: () => facts(''),
    async event(id) {
      const [row] = await facts('AND e.id = ?', [Buffer.from(idToBytes(id))]);
      if (!row) throw new Error(`no event ${id}`);
      return row;
    },
    runSink: (end = () => ({})) =>
      startTicketWorker({
        redisUrl: urls.redisUrl,
        prefix: queuePrefix(tenantId),
        queueName: typeQueueName(queueType),
        concurrency: 50,
        logger: silentLogger,
        clock: services.clock,
        async onTicket(ticket) {
          const [claimed] = await services.claimAttempts(sink, [ticket]);
          if (claimed?.outcome === 'claimed') await hub.report(ticket, 'SUCCESS', end(claimed));
        },
      }),
    close: () => services.close(),
  };
  return hub;
}
