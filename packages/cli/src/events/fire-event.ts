import { told } from '@nexomatic/client/refusal';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { instantOf } from '../hub/time-bounds.ts';
import { type AwaitOptions, tellMade } from './await-event.ts';
import { eventIdOf } from './event-id.ts';
import { type PayloadOptions, payloadOf } from './payload-options.ts';

interface MadeOptions extends HubOptions, PayloadOptions, AwaitOptions {
  idempotencyKey?: string;
}

interface FireOptions extends MadeOptions {
  source?: string;
  sink?: string;
  /** Seconds. */
  delay?: number;
  at?: string;
}

/** `nexomatic fire`: prints the id of the event. Gives the exit code. */
export const fireEvent = (type: string, options: FireOptions): Promise<number> =>
  callHub(options, async (hub) => {
    const { source, sink, delay, at } = options;
    const input = {
      ...{ type, ...(await payloadIn(options)) },
      ...(source === undefined ? {} : { source }),
      ...(sink === undefined ? {} : { sink }),
      ...(delay === undefined ? {} : { delaySeconds: delay }),
      ...(at === undefined ? {} : { at: instantOf('--at', at) }),
    };
    await tellMade(hub, await told(hub.api.events.fire.mutate(input, keyed(options))), options);
  });

/** `nexomatic rerun`: prints the id of the new event. Gives the exit code. */
export const rerunEvent = (given: string, options: MadeOptions): Promise<number> =>
  callHub(options, async (hub) => {
    const input = { id: eventIdOf(given), ...(await payloadIn(options)) };
    await tellMade(hub, await told(hub.api.events.rerun.mutate(input, keyed(options))), options);
  });

async function payloadIn(options: PayloadOptions): Promise<{ payloadJson?: string }> {
  const payloadJson = await payloadOf(options);
  return payloadJson === undefined ? {} : { payloadJson };
}

const keyed = ({ idempotencyKey }: MadeOptions) =>
  idempotencyKey === undefined ? {} : { context: { headers: { 'idempotency-key': idempotencyKey } } };
