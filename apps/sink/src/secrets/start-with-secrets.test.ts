import { HubError } from '@nexomatic/client/hub-error';
import { fakeClock } from '@nexomatic/clock';
import { newId } from '@nexomatic/contracts/id';
import { attemptPurpose, releaseBoxMs, writeRelease } from '@nexomatic/contracts/release-box';
import type { Assignment, ReleaseOutcome } from '@nexomatic/contracts/sink-protocol';
import { silentLogger } from '@nexomatic/logger';
import { nodeSealing } from '@nexomatic/sealing/node';
import { sealSecret } from '@nexomatic/sealing/secret-box';
import { describe, expect, it } from 'vitest';
import { AttemptLog } from '../logs/attempt-log.ts';
import { createInlineRunner } from '../runner/inline.ts';
import { assignmentOf } from '../testing/run-python.ts';
import { createAskForSecrets } from './ask-for-secrets.ts';
import { startModule } from './start-with-secrets.ts';

const pair = nodeSealing.newPair();
const sinkId = newId('sink');
const tenantId = newId('tenant');
const clock = fakeClock();

/** An attempt that names a secret, on a hub that answers so. */
function start(answer: (assignment: Assignment) => Promise<ReleaseOutcome>) {
  const { secrets: _, ...plain } = assignmentOf('reads');
  const assignment: Assignment = { ...plain, secrets: [{ key: 'token', name: 'TOKEN', version: 1 }] };
  const failures: unknown[] = [];
  const seen: string[] = [];
  const askForSecrets = createAskForSecrets({
    hub: { releaseSecrets: () => answer(assignment) },
    boxKeys: { announced: undefined, pairs: () => [pair] },
    ...{ sinkId, tenantId, clock },
    onFailure: (error) => failures.push(error),
  });
  const runner = createInlineRunner({
    reads(ctx) {
      seen.push(ctx.secret('token'));
      return seen.length;
    },
  });
  const log = new AttemptLog({
    clock,
    send: async () => 'stored',
    onFailure(error) {
      throw error;
    },
  });
  return { run: startModule({ askForSecrets, runner, logger: silentLogger }, assignment, log), seen, failures };
}

function boxFor(assignment: Assignment, key = pair.publicKey): ReleaseOutcome {
  const secrets = [{ key: 'token', name: 'TOKEN', version: 1, value: new TextEncoder().encode('hunter2') }];
  const expiresAt = clock.now() + releaseBoxMs;
  const release = writeRelease({ purpose: attemptPurpose(assignment), sink: sinkId, expiresAt, secrets });
  return { outcome: 'released', box: Buffer.from(nodeSealing.seal(release, key)).toString('base64') };
}

/** What the hub sends of a secret that is end-to-end: whoever set it has sealed it to this sink. */
function ownBoxFor(assignment: Assignment, given: { version?: number; text?: string; key?: Uint8Array } = {}) {
  const { version = 1, text = 'hunter2', key = pair.publicKey } = given;
  const expiresAt = clock.now() + releaseBoxMs;
  const release = writeRelease({ purpose: attemptPurpose(assignment), sink: sinkId, expiresAt, secrets: [] });
  const place = { tenant: tenantId, name: 'TOKEN', version };
  const box = sealSecret(nodeSealing, key, place, Buffer.from(text, 'latin1'));
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return {
    outcome: 'released' as const,
    box: base64(nodeSealing.seal(release, pair.publicKey)),
    sealed: [{ key: 'token', box: base64(box) }],
  };
}

const refusal =
  (reason: Extract<ReleaseOutcome, { outcome: 'refused' }>['reason']) => async (): Promise<ReleaseOutcome> => ({
    outcome: 'refused',
    reason,
    message: `because it is ${reason}`,
  });

describe('an attempt that names secrets', () => {
  it('runs with them once they are there', async () => {
    const { run, seen } = start(async (assignment) => boxFor(assignment));
    expect(await run.outcome).toEqual({ state: 'SUCCESS', resultJson: '1' });
    expect(seen).toEqual(['hunter2']);
  });

  it('that is ended while it waits for them is not started when they come', async () => {
    const asked = Promise.withResolvers<void>();
    const { run, seen } = start(async (assignment) => {
      await asked.promise;
      return boxFor(assignment);
    });
    run.end('gently');
    asked.resolve();
    expect(await run.outcome).toMatchObject({ unstarted: 'hand_back' });
    expect(seen).toEqual([]);
  });

  it.each(['already_released', 'changed'] as const)('is given back when they are %s', async (reason) => {
    const { run, seen } = start(refusal(reason));
    expect(await run.outcome).toMatchObject({ unstarted: 'hand_back' });
    expect(seen).toEqual([]);
  });

  it('is given back when the hub does not answer, and that is told', async () => {
    const lost = new HubError('retryable', 'release secrets: no answer in time');
    const { run, failures } = start(() => Promise.reject(lost));
    expect(await run.outcome).toMatchObject({ unstarted: 'hand_back' });
    expect(failures).toEqual([lost]);
  });

  it('is given back when they are sealed to a key that this sink does not have', async () => {
    const { run } = start(async (assignment) => boxFor(assignment, nodeSealing.newPair().publicKey));
    expect(await run.outcome).toMatchObject({ unstarted: 'hand_back' });
  });

  it('is left alone when it is another sink’s', async () => {
    expect(await start(refusal('not_held')).run.outcome).toMatchObject({ unstarted: 'lost' });
  });

  it('ends as ERROR when the hub can not open them, or does not know the call', async () => {
    expect(await start(refusal('unreadable')).run.outcome).toEqual({
      state: 'ERROR',
      reason: 'secret_missing',
      message: 'because it is unreadable',
    });
    const { run } = start(() => Promise.reject(new HubError('rejected', 'release secrets: the hub answered 404')));
    expect(await run.outcome).toMatchObject({ state: 'ERROR', reason: 'secret_missing' });
  });

  it('runs with one that was sealed to this sink by whoever set it', async () => {
    const { run, seen } = start(async (assignment) => ownBoxFor(assignment));
    expect(await run.outcome).toEqual({ state: 'SUCCESS', resultJson: '1' });
    expect(seen).toEqual(['hunter2']);
  });

  it.each([
    [
      'is of another version',
      { version: 2 },
      'the box of the secret "TOKEN" is not for version 1 of it; set its value again',
    ],
    ['holds no text', { text: '\xff' }, 'the box of the secret "TOKEN" holds no text; set its value again'],
    ['holds nothing', { text: '' }, 'the box of the secret "TOKEN" holds no text; set its value again'],
    [
      'is sealed to another key',
      { key: nodeSealing.newPair().publicKey },
      'no key of this sink opens the box of the secret "TOKEN"; set its value again',
    ],
  ])('ends as ERROR when what was sealed to this sink %s', async (_, given, message) => {
    const { run, seen } = start(async (assignment) => ownBoxFor(assignment, given));
    expect(await run.outcome).toEqual({ state: 'ERROR', reason: 'secret_missing', message });
    expect(seen).toEqual([]);
  });

  it('ends as ERROR when it is sent the box of another attempt', async () => {
    const { run, seen } = start(async () => boxFor({ ...assignmentOf('reads'), secrets: [] }));
    expect(await run.outcome).toEqual({
      state: 'ERROR',
      reason: 'secret_missing',
      message: 'what the hub sent as secrets was made for something else, or for another sink',
    });
    expect(seen).toEqual([]);
  });
});
