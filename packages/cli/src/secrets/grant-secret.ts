import type { Nexomatic } from '@nexomatic/client/nexomatic';
import { told } from '@nexomatic/client/refusal';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { SecretSummary } from '@nexomatic/contracts/secret-api';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { findSink } from '../sinks/find-sink.ts';
import { comparedSinks } from './compared-sinks.ts';
import { everySecret } from './find-secret.ts';

export interface GrantOptions extends HubOptions {
  sink: string[];
  yes?: boolean;
}

/** `nexomatic secret grant`. Gives the exit code. */
export const grantSecret = (key: string, options: GrantOptions): Promise<number> =>
  callHub(options, async (hub) => {
    const { id } = await findSecret(hub, key);
    for (const { id: sinkId, name, fingerprint } of await comparedSinks(hub, options.sink, options.yes)) {
      const { sinks } = await told(hub.api.secrets.grantSink.mutate({ id, sinkId, fingerprint }));
      const isReady = sinks.some((sink) => sink.id === sinkId && sink.state === 'ready');
      const waits = 'gets its value as soon as a sink that has it shares it, or a new one is set';
      process.stderr.write(`${name} ${isReady ? 'has its value' : waits}\n`);
    }
  });

export interface RevokeOptions extends HubOptions {
  sink: string[];
  confirmLoss?: boolean;
}

/** `nexomatic secret revoke`. Gives the exit code. */
export const revokeSecret = (key: string, options: RevokeOptions): Promise<number> =>
  callHub(options, async (hub) => {
    const { id } = await findSecret(hub, key);
    for (const one of options.sink) {
      const { id: sinkId, name } = await findSink(hub, one);
      const confirmLoss = options.confirmLoss ?? false;
      await told(hub.api.secrets.revokeSink.mutate({ id, sinkId, confirmLoss }));
      process.stderr.write(`${name} gets ${key} no more; set a new value to shut out what it has read\n`);
    }
  });

async function findSecret(hub: Nexomatic, key: string): Promise<SecretSummary> {
  const found = (await everySecret(hub, key)).secrets.find(({ name }) => name === key);
  if (!found) throw new NexomaticError('not_found', `there is no secret ${key}`);
  return found;
}
