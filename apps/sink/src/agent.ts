import { once } from 'node:events';
import { hostname } from 'node:os';
import path from 'node:path';
import type { Credential } from '@nexomatic/client/credential';
import { HubError } from '@nexomatic/client/hub-error';
import { createSinkClient } from '@nexomatic/client/sink-client';
import { type Clock, systemClock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import type {
  ClaimOutcome,
  Hello,
  HelloAnswer,
  IsolationProfile,
  SinkRuntime,
  SinkTransport,
} from '@nexomatic/contracts/sink-protocol';
import type { Ticket } from '@nexomatic/contracts/ticket';
import type { Logger } from '@nexomatic/logger';
import { bullmqVersion } from '@nexomatic/queue/bullmq-version';
import { TicketReturned } from '@nexomatic/queue/worker';
import { createMaskerPool } from '@nexomatic/redaction/masker-pool';
import { AgentError, exitCodes } from './agent-error.ts';
import type { LocalStatus } from './control/local-protocol.ts';
import { type AgentEnd, openControl } from './control/open-control.ts';
import { executeClaimed, executeEvent } from './execute-event.ts';
import { agentErrorOf, greetHub } from './greet-hub.ts';
import { HeartbeatLoop } from './heartbeat.ts';
import { LeaseKeeper } from './leases/keep-leases.ts';
import { createWatchdog } from './leases/watchdog.ts';
import { createLoadMeter } from './measure-load.ts';
import type { Runner } from './runner/runner.ts';
import { createAskForSecrets } from './secrets/ask-for-secrets.ts';
import { type BoxKeys, createPassingBoxKeys } from './secrets/box-keys.ts';
import { createShareSecrets } from './secrets/share-secrets.ts';
import { trySecret } from './secrets/try-secret.ts';
import { Slots } from './slots.ts';
import { Delivery } from './spool/delivery.ts';
import { SpoolFiles } from './spool/spool-files.ts';
import { stopAgent } from './stop-agent.ts';
import { ModuleTeller } from './tell-modules.ts';
import { createDirectTransport } from './transport/direct.ts';
import { createGatewayTransport } from './transport/gateway.ts';
import type { Intake, Transport } from './transport/transport.ts';
import { version } from './version.ts';

export interface AgentOptions {
  hubUrl: string;
  /** A standing token, or what access tokens come from. */
  token: string | Credential;
  transport: SinkTransport;
  /** For the transport `direct`: where this machine reaches Redis, if not where the hub says. */
  redisUrl?: string | undefined;
  /** Holds what waits for the hub. */
  stateFolder: string;
  /** Log that waits for the hub may take this much of the disk; 256 MB if not given. */
  spoolBytes?: number;
  /** Attempts at once. */
  slots: number;
  /** What this agent can run; the hub says which of them its sink type is. */
  runners: Partial<Record<SinkRuntime, Runner>>;
  /** Why it can't run the rest. */
  absent?: Partial<Record<SinkRuntime, string>>;
  /** The only sink type that this agent is for, if it is for one alone. */
  sinkType?: string | undefined;
  logger: Logger;
  clock?: Clock;
  /** How what it runs is kept apart from the machine, as it says of itself. */
  isolation?: IsolationProfile;
  /** How long running attempts may go on after `stop`. */
  drainMs?: number;
  /** What opens secrets that are sealed to this sink; not given, keys that live as long as this agent. */
  boxKeys?: BoxKeys;
  /** Whether end-to-end secrets are shared with sinks that were approved at the hub; true if not given. */
  shareSecrets?: boolean;
  /** Ends the waiting for a hub that does not answer. */
  signal?: AbortSignal;
  /** Signals that are done by this agent's being there. */
  done?: readonly Id<'signal'>[];
}

/** A sink at work. */
export interface Agent {
  readonly hello: HelloAnswer;
  /** Settles when the agent has stopped, with why; rejects if it had to stop because of an error. */
  readonly stopped: Promise<AgentEnd>;
  /** Takes no more tickets, lets running attempts finish within `drainMs`, and hands back the rest. */
  stop(): void;
  /** Ends what runs and hands it back now. */
  stopNow(): void;
  /** Lets running attempts finish, however long they take, and ends with `reset`. */
  reload(): void;
}

/** Introduces this sink to its hub, and takes tickets until it is stopped. */
export async function startAgent(options: AgentOptions): Promise<Agent> {
  const { hubUrl, token, logger, clock = systemClock, drainMs = 60_000 } = options;
  const hub = createSinkClient({
    url: hubUrl,
    token,
    onLost: (error) => logger.warn({ hubUrl, error: error.message }, 'hub.lost'),
    onRecovered: () => logger.info({ hubUrl }, 'hub.recovered'),
  });
  const giveUp = options.signal ?? new AbortController().signal;
  const { boxKeys = createPassingBoxKeys() } = options;
  const hello = await greetHub(introduction(options, boxKeys), { hub, hubUrl, logger, stop: giveUp });
  const runner = runnerFor(hello, options);

  const stopping = new AbortController();
  const [impatient, hurry] = [new AbortController(), new AbortController()];
  const slots = new Slots(options.slots);
  const watchdog = createWatchdog(logger);
  const leases = new LeaseKeeper({ clock, logger, watchdog, renew: hub.renew });
  const load = createLoadMeter(clock);
  const willing = options.shareSecrets ?? true;
  const shareSecrets = createShareSecrets({ hub, boxKeys, tenantId: hello.tenantId, willing, logger });
  const heartbeat = new HeartbeatLoop({
    hub,
    logger,
    state: () => ({
      slotsBusy: slots.busy,
      stopping: stopping.signal.aborted || control.leaving !== undefined,
      at: Math.round(clock.now()),
      spool: delivery.use,
      isolation: options.isolation ?? 'none',
      ...load(),
    }),
    onAnswer({ checks = [], shares }) {
      if (shares) void shareSecrets();
      const { sinkId, tenantId } = hello;
      for (const id of checks) void trySecret({ hub, boxKeys, sinkId, tenantId, clock, logger }, id);
    },
    onFailure: endOnRefusal,
  });
  let fault: Error | undefined;
  let stoppedHere = false;
  const startedAt = clock.monotonic();

  /** A refused token ends the agent: nothing that it runs could be reported any more. */
  function endOnRefusal(error: unknown): void {
    if (fault || !(error instanceof HubError) || error.kind !== 'unauthenticated') return;
    fault = agentErrorOf(error, hubUrl);
    hurry.abort();
    stopping.abort();
  }

  const delivery = new Delivery({
    hub,
    logger,
    files: await SpoolFiles.open(path.join(options.stateFolder, 'spool', hello.sinkId)),
    packs: hello.packedLogs === true,
    ...(options.spoolBytes === undefined ? {} : { maxBytes: options.spoolBytes }),
    onFailure: endOnRefusal,
  });
  const askForSecrets = createAskForSecrets({
    ...{ hub, boxKeys, clock },
    sinkId: hello.sinkId,
    tenantId: hello.tenantId,
    onFailure: endOnRefusal,
  });
  const execution = { hub, delivery, runner, leases, clock, logger, askForSecrets, maskerOf: createMaskerPool() };

  const intake: Intake = {
    slots,
    async onTicket(ticket: Ticket) {
      try {
        // A worker that waits for a ticket may get one yet after it was told to pause.
        if (!control.taking) throw new TicketReturned('this sink takes no more');
        await executeEvent(ticket, execution);
      } catch (error) {
        endOnRefusal(error);
        throw error instanceof HubError ? new TicketReturned(error.message) : error;
      }
    },
    async onClaimed(outcome: ClaimOutcome, leaseFrom: number) {
      try {
        await executeClaimed(outcome, leaseFrom, execution);
      } catch (error) {
        endOnRefusal(error);
        if (!(error instanceof HubError)) logger.error({ eventId: outcome.eventId, err: error }, 'attempt.failed');
      }
    },
    onUnused({ outcome, eventId, attempt }: ClaimOutcome) {
      if (outcome === 'claimed') hub.handBack({ eventId, attempt }).catch(endOnRefusal);
    },
  };

  const transport = openTransport();
  function openTransport(): Transport {
    if (options.transport === 'gateway') {
      return createGatewayTransport({ hub, leases, clock, logger, onFailure: endOnRefusal }, intake);
    }
    const { queues, redis } = hello;
    if (!redis) throw new AgentError(exitCodes.configuration, `${hubUrl} did not say where its Redis is`);
    const address = { ...redis, url: options.redisUrl ?? redis.url };
    async function onDenied(): Promise<void> {
      await hub.hello({ ...introduction(options, boxKeys), again: true }).catch((error: unknown) => {
        endOnRefusal(error);
        throw error;
      });
    }
    return createDirectTransport(
      { redis: address, queues, concurrency: options.slots, logger, clock, onDenied },
      intake,
    );
  }
  const control = await openControl({
    ...{ hub, hubUrl, token, transport, slots, leases, logger, sinkId: hello.sinkId, paused: hello.paused },
    ...{ stateFolder: options.stateFolder, done: options.done ?? [], status: statusNow, onFailure: endOnRefusal },
    leave(how) {
      if (how === 'force_kill') impatient.abort();
      stopping.abort();
    },
    onChange: () => void heartbeat.runOnce(),
  });
  await control.start();
  leases.start();
  heartbeat.start();
  const modules = new ModuleTeller({ hub, runner, logger });
  modules.start();

  function statusNow(): Omit<LocalStatus, 'connected' | 'paused' | 'leaving'> {
    const now = clock.monotonic();
    return {
      ...{ pid: process.pid, version, hubUrl, transport: options.transport, upMs: Math.round(now - startedAt) },
      sink: { id: hello.sinkId, name: hello.name, type: hello.type },
      ...{ stopping: stopping.signal.aborted, slots: options.slots, slotsBusy: slots.busy, spool: delivery.use },
      events: [...leases.running].map((attempt) => attempt.show(now)),
    };
  }

  async function untilStopped(): Promise<AgentEnd> {
    if (!stopping.signal.aborted) await once(stopping.signal, 'abort');
    control.close();
    logger.info({ running: leases.running.size, drainMs, leaving: control.leaving }, 'agent.stopping');
    slots.close(new TicketReturned('this sink is stopping'));
    void heartbeat.runOnce();
    const patience = { drainMs, impatient: impatient.signal, hurry: hurry.signal, isShutOut: fault !== undefined };
    await stopAgent({ hub, transport, delivery, leases, slots, ...patience });
    heartbeat.stop();
    modules.stop();
    leases.stop();
    watchdog.close();
    await runner.close?.();
    const unfinished = leases.running.size;
    const end = await control.end(unfinished, { here: stoppedHere, refused: fault !== undefined });
    logger.info({ unfinished, how: end.how }, 'agent.stopped');
    if (fault) throw fault;
    return end;
  }

  function stop(): void {
    stoppedHere = true;
    stopping.abort();
  }
  return {
    hello,
    stopped: untilStopped(),
    stop,
    reload: () => void control.reloadHere(),
    stopNow() {
      hurry.abort();
      stop();
    },
  };
}

function introduction({ slots, runners, transport }: AgentOptions, { announced: boxKey }: BoxKeys): Hello {
  const runtimeVersion = Object.values(runners).find((runner) => runner.runtimeVersion)?.runtimeVersion;
  return {
    version,
    hostname: hostname(),
    platform: `${process.platform}-${process.arch}`,
    slots,
    transport,
    ...(transport === 'direct' ? { bullmq: bullmqVersion } : {}),
    ...(runtimeVersion ? { runtimeVersion } : {}),
    ...(boxKey ? { boxKey } : {}),
  };
}

function runnerFor({ name, type, runtime }: HelloAnswer, { runners, absent, sinkType }: AgentOptions): Runner {
  if (sinkType !== undefined && sinkType !== type) {
    const text = `sink ${name} is of the type ${type}, and this agent is made for ${sinkType}. Give it the token of a sink of that type.`;
    throw new AgentError(exitCodes.configuration, text);
  }
  const runner = runners[runtime];
  if (runner) return runner;
  const why = absent?.[runtime];
  if (why)
    throw new AgentError(exitCodes.configuration, `sink ${name} is of a type that runs ${runtime} modules: ${why}`);
  const able = Object.keys(runners).join(', ');
  const text = `sink ${name} is of a type that runs ${runtime} modules, and this agent runs ${able}. Give this agent the token of a sink of such a type.`;
  throw new AgentError(exitCodes.configuration, text);
}
