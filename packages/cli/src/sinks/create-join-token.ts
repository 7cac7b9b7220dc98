import { told } from '@nexomatic/client/refusal';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { printJson } from '../hub/print-json.ts';
import { UsageError } from '../hub/usage-error.ts';

export interface JoinTokenOptions extends HubOptions {
  type: string;
  uses: number;
  name?: string;
  label: string[];
  json?: boolean;
}

/** `nexomatic sink token create`: what a machine joins by, told this once. Gives the exit code. */
export const createJoinToken = ({ type, uses, name, label, ...options }: JoinTokenOptions): Promise<number> =>
  callHub(options, async ({ api }) => {
    const labels = Object.fromEntries(label.map(readLabel));
    const { sinkTypes } = await told(api.sinkTypes.list.query({ search: type.slice(0, 100), limit: 200 }));
    const found = sinkTypes.find((one) => one.name === type);
    if (!found) throw new NexomaticError('not_found', `there is no sink type ${type}`);
    const input = { sinkTypeId: found.id, uses, labels, ...(name === undefined ? {} : { name }) };
    const token = await told(api.joinTokens.create.mutate(input));
    if (options.json) return printJson(token);
    process.stderr.write(`on the machine, until ${token.expiresAt}: nexomatic-sink join with this line\n`);
    process.stdout.write(`${token.url}\n`);
  });

function readLabel(pair: string): [string, string] {
  const at = pair.indexOf('=');
  if (at < 1) throw new UsageError(`--label ${pair}: give key=value`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}
