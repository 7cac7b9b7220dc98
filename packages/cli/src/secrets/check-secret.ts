import { told } from '@nexomatic/client/refusal';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { printJson } from '../hub/print-json.ts';
import { everySecret } from './find-secret.ts';

type Options = HubOptions & { sink: string; json?: boolean };

/** Of a secret that the sink could not open, or that is another one there. */
const notThere = 1;

/** `nexomatic secret check`. Gives the exit code. */
export async function checkSecret(key: string, options: Options): Promise<number> {
  let there = false;
  const code = await callHub(options, async (hub) => {
    const secret = (await everySecret(hub, key)).secrets.find(({ name }) => name === key);
    if (!secret) throw new NexomaticError('not_found', `there is no secret ${key}`);
    const { sinks } = await told(hub.api.sinks.list.query({ search: options.sink, limit: 200 }));
    const sink = sinks.find(({ name }) => name === options.sink);
    if (!sink) throw new NexomaticError('not_found', `there is no sink ${options.sink}`);
    const check = await told(hub.api.secrets.check.mutate({ id: secret.id, sinkId: sink.id }));
    there = check.outcome === 'same' || check.outcome === 'opened';
    if (options.json) printJson(check);
    else if (there) {
      const compared = check.fingerprint ? `fingerprint ${check.fingerprint}` : 'which the hub can not compare';
      process.stdout.write(`${sink.name} opens ${key}: ${check.size} bytes, ${compared}\n`);
    }
    if (!there) process.stderr.write(`error ${check.outcome}: ${sink.name} does not have ${key}: ${check.message}\n`);
  });
  return code === 0 && !there ? notThere : code;
}
