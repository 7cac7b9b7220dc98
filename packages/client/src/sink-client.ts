import { coalesce } from '@nexomatic/coalesce';
import type { ModuleInventory } from '@nexomatic/contracts/module-inventory';
import type { AnswerCheck, OpenCheck } from '@nexomatic/contracts/secret-check-api';
import type { ShareOutcome, ShareSecret, WantedShare } from '@nexomatic/contracts/secret-sharing-api';
import type { Acknowledgement } from '@nexomatic/contracts/signal-api';
import type {
  ClaimOutcome,
  HandBackReason,
  Heartbeat,
  HeartbeatAnswer,
  Hello,
  HelloAnswer,
  LogChunk,
  RecordOutcome,
  ReleaseOutcome,
  Report,
  Take,
} from '@nexomatic/contracts/sink-protocol';
import type { Ticket } from '@nexomatic/contracts/ticket';
import type { WireBytes } from '@nexomatic/contracts/wire-bytes';
import { createHubClient, type HubClientOptions } from './hub-client.ts';
import { HubError, toHubError } from './hub-error.ts';
import { createKeepAliveFetch } from './keep-alive-fetch.ts';
import { keepTrying } from './keep-trying.ts';
import { splitByWeight } from './split-by-weight.ts';

/** An answer to one try must come within this time; after it the try counts as failed and is repeated. */
export const tryDeadlineMs = 5_000;
const renewDeadlineMs = 3_000;
/** What an answer to `take` may need beyond the time that the hub was asked to wait. */
const takeGraceMs = 4_000;
/** Items in one call. */
const maxBatch = 200;
/** Bytes of log or of results in one call, about; a single item may be larger. */
const maxCallBytes = 1024 * 1024;

type AttemptRef = Pick<Report, 'eventId' | 'attempt'>;
export type RenewOutcome = 'renewed' | 'cancel' | 'lost';
export type HandBackOutcome = 'queued' | 'stale';
export type AppendOutcome = 'stored' | 'refused';

/**
 * A sink's calls to its hub. Items given at the same time by many attempts share one request, and each gets its own
 * outcome. `claim` and `handBack` are repeated until the hub has answered. All calls reject with `HubError`.
 */
export interface SinkClient {
  /** One try. */
  hello(input: Hello): Promise<HelloAnswer>;
  /** One try. */
  heartbeat(input: Heartbeat): Promise<HeartbeatAnswer>;
  /** One try. */
  acknowledge(acknowledgements: Acknowledgement[]): Promise<void>;
  /** One try. */
  setPaused(paused: boolean): Promise<void>;
  /** One try. */
  tellModules(inventory: ModuleInventory): Promise<void>;
  /** One try: whoever renews knows how much time is left. */
  renew(attempts: AttemptRef[]): Promise<RenewOutcome[]>;
  /** One try: whoever takes says the next time what it holds, so that nothing is lost with a lost answer. */
  take(input: Take): Promise<ClaimOutcome[]>;
  claim(ticket: Ticket): Promise<ClaimOutcome>;
  /** One try: whoever has a result keeps it until the hub has it. */
  record(report: Report): Promise<RecordOutcome>;
  /** Chunks of one attempt, in order. One try. */
  appendLogs(chunks: LogChunk[]): Promise<AppendOutcome[]>;
  handBack(attempt: AttemptRef & { why?: HandBackReason }): Promise<HandBackOutcome>;
  /** One try: they are given out once, so whoever has missed the answer gives the attempt back. */
  releaseSecrets(attempt: AttemptRef): Promise<ReleaseOutcome>;
  /** One try. */
  openCheck(id: string): Promise<OpenCheck | null>;
  /** One try. */
  answerCheck(answer: AnswerCheck): Promise<void>;
  /** One try. */
  sharesWanted(): Promise<WantedShare[]>;
  /** One try. */
  shareSecret(share: ShareSecret): Promise<ShareOutcome['outcome']>;
  /** Claims that the hub has not answered are not repeated any more. */
  stopClaiming(): void;
  /** No call is repeated any more; those under way still end within their deadline. */
  stopTrying(): void;
}

export interface SinkClientOptions extends HubClientOptions {
  /** Told when the hub stops answering, once, … */
  onLost?(error: HubError): void;
  /** … and when it answers again. */
  onRecovered?(): void;
}

/** The client of one sink; its token says which. */
export function createSinkClient({ onLost, onRecovered, ...options }: SinkClientOptions): SinkClient {
  // tRPC calls it with a text and a plain record of headers, whatever its type says.
  const { sink } = createHubClient({
    fetch: createKeepAliveFetch() as NonNullable<HubClientOptions['fetch']>,
    ...options,
  });
  const claiming = new AbortController();
  const trying = new AbortController();
  let lost = false;

  async function once<T>(call: string, deadlineMs: number, send: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      const answer = await send(AbortSignal.timeout(deadlineMs));
      if (lost) onRecovered?.();
      lost = false;
      return answer;
    } catch (error) {
      throw toHubError(call, error);
    }
  }

  function noteLost(error: HubError): void {
    if (!lost) onLost?.(error);
    lost = true;
  }

  /** One try; that the hub did not answer it is noted. */
  async function onceNoted<T>(call: string, deadlineMs: number, send: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await once(call, deadlineMs, send);
    } catch (error) {
      if (error instanceof HubError && error.kind === 'retryable') noteLost(error);
      throw error;
    }
  }

  /** A call that many share; `weigh` gives the bytes of an item. It is repeated until `stop`, where that is given. */
  function shared<In, Out>(
    call: string,
    stop: AbortSignal | null,
    weigh: (item: In) => number,
    send: (items: In[], signal: AbortSignal, tryNumber: number) => Promise<Out[]>,
  ): (item: In) => Promise<Out> {
    const sendRun = (run: In[]) =>
      stop === null
        ? onceNoted(call, tryDeadlineMs, (signal) => send(run, signal, 1))
        : keepTrying((tryNumber) => once(call, tryDeadlineMs, (signal) => send(run, signal, tryNumber)), {
            call,
            stop,
            onRetry: noteLost,
          });
    const calls = coalesce<In, Out>(
      async (items) => {
        const outcomes: Out[] = [];
        for (const run of splitByWeight(items, weigh, maxCallBytes)) outcomes.push(...(await sendRun(run)));
        return outcomes;
      },
      // What the hub refuses for good may be the fault of one item, or of all together being too large.
      { maxBatch, isolate: (error) => error instanceof HubError && error.kind === 'rejected' },
    );
    return (item) => calls.add(item);
  }

  const handBack = shared<AttemptRef & { why?: HandBackReason }, HandBackOutcome>(
    'hand back',
    trying.signal,
    weightless,
    async (attempts, signal) => {
      return (await sink.handBack.mutate({ attempts }, { signal })).outcomes;
    },
  );
  const claim = shared<Ticket, ClaimOutcome>(
    'claim',
    claiming.signal,
    weightless,
    async (tickets, signal, tryNumber) => {
      const { outcomes } = await sink.claim.mutate({ tickets }, { signal });
      if (tryNumber > 1) returnUnheard(outcomes, handBack);
      return outcomes;
    },
  );
  const releaseSecrets = shared<AttemptRef, ReleaseOutcome>(
    'release secrets',
    null,
    () => releaseWeight,
    async (attempts, signal) => (await sink.releaseSecrets.mutate({ attempts }, { signal })).outcomes,
  );
  const record = shared<Report, RecordOutcome>('record', null, reportBytes, async (reports, signal) => {
    return (await sink.record.mutate({ reports }, { signal })).outcomes;
  });
  const appendLogs = shared<LogChunk[], AppendOutcome[]>('append logs', null, logBytes, async (groups, signal) => {
    const { outcomes } = await sink.appendLogs.mutate({ chunks: groups.flat() }, { signal });
    return regroup(outcomes, groups);
  });

  return {
    hello: (input) => once('hello', tryDeadlineMs, (signal) => sink.hello.mutate(input, { signal })),
    async tellModules(inventory) {
      await once('tell modules', tryDeadlineMs, (signal) => sink.tellModules.mutate(inventory, { signal }));
    },
    async acknowledge(acknowledgements) {
      const send = (signal: AbortSignal) => sink.acknowledge.mutate({ acknowledgements }, { signal });
      await once('acknowledge', tryDeadlineMs, send);
    },
    async setPaused(paused) {
      await once('set paused', tryDeadlineMs, (signal) => sink.setPaused.mutate({ paused }, { signal }));
    },
    heartbeat(input) {
      return once('heartbeat', tryDeadlineMs, (signal) => sink.heartbeat.mutate(input, { signal }));
    },
    async renew(attempts) {
      const send = (signal: AbortSignal) => sink.renew.mutate({ attempts }, { signal });
      return (await once('renew', renewDeadlineMs, send)).outcomes;
    },
    async take(input) {
      const send = (signal: AbortSignal) => sink.take.mutate(input, { signal });
      return (await onceNoted('take', input.waitMs + takeGraceMs, send)).outcomes;
    },
    claim,
    record,
    appendLogs,
    handBack,
    releaseSecrets,
    openCheck: (id) => once('open check', tryDeadlineMs, (signal) => sink.openCheck.mutate({ id }, { signal })),
    async answerCheck(answer) {
      await once('answer check', tryDeadlineMs, (signal) => sink.answerCheck.mutate(answer, { signal }));
    },
    async sharesWanted() {
      return (await once('shares wanted', tryDeadlineMs, (signal) => sink.sharesWanted.query(undefined, { signal })))
        .wants;
    },
    async shareSecret(share) {
      return (await once('share secret', tryDeadlineMs, (signal) => sink.shareSecret.mutate(share, { signal })))
        .outcome;
    },
    stopClaiming: () => claiming.abort(),
    stopTrying() {
      claiming.abort();
      trying.abort();
    },
  };
}

/**
 * A claim whose answer got lost may have been granted; the repeated one is then answered `gone`. Giving it back costs one
 * call and does nothing if somebody else holds the event; not giving it back would cost the event its attempt.
 */
function returnUnheard(outcomes: ClaimOutcome[], handBack: (attempt: AttemptRef) => Promise<HandBackOutcome>): void {
  for (const { outcome, eventId, attempt } of outcomes) {
    // If this fails as well, the lease runs out and the hub takes care of the event.
    if (outcome === 'gone') handBack({ eventId, attempt }).catch(() => undefined);
  }
}

function regroup<Out>(outcomes: Out[], groups: unknown[][]): Out[][] {
  let at = 0;
  return groups.map((group) => {
    const from = at;
    at += group.length;
    return outcomes.slice(from, at);
  });
}

/** Of the answer for one attempt, about: most secrets are short, and few attempts have many. */
const releaseWeight = 16 * 1024;
const weightless = (): number => 0;
const wireLength = (wire: WireBytes): number => ('utf8' in wire ? wire.utf8.length : wire.base64.length);
const reportBytes = (report: Report): number => (report.result ? wireLength(report.result) : 0);
const logBytes = (chunks: LogChunk[]): number =>
  chunks.reduce((sum, { bytes }) => sum + ('gzip' in bytes ? bytes.gzip.length : wireLength(bytes)), 0);
