import { told } from '@nexomatic/client/refusal';
import type { SinkCommand } from '@nexomatic/contracts/signal-api';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { printJson } from '../hub/print-json.ts';
import { UsageError } from '../hub/usage-error.ts';
import { findSink } from './find-sink.ts';

/** `nexomatic sink pause|resume|drain|restart`. Gives the exit code; what becomes of the signal is told by the hub's pages. */
export const signalSink = (
  nameOrId: string,
  kind: SinkCommand,
  options: HubOptions & { json?: boolean },
): Promise<number> =>
  callHub(options, async (hub) => {
    const { id, name } = await findSink(hub, nameOrId);
    const signal = await told(hub.api.sinks.signal.mutate({ id, kind }));
    if (options.json) printJson(signal);
    else process.stderr.write(`${name} is told to ${kind}\n`);
  });

export interface RevokeOptions extends HubOptions {
  yes?: boolean;
  confirmLoss?: boolean;
}

/** `nexomatic sink revoke`. Gives the exit code. */
export const revokeSink = (nameOrId: string, options: RevokeOptions): Promise<number> =>
  callHub(options, async (hub) => {
    const { id, name } = await findSink(hub, nameOrId);
    if (!options.yes) throw new UsageError(`this cuts off the agent of ${name} at once; give --yes`);
    await told(hub.api.sinks.revoke.mutate({ id, confirmLoss: options.confirmLoss ?? false }));
    process.stderr.write(`${name} is let in no more; it comes back by a join token that names it\n`);
  });
