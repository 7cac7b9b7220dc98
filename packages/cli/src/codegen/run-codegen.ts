import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { codegen } from './codegen.ts';

/** Runs the command. Gives the exit code. */
export const runCodegen = ({ out, ...options }: HubOptions & { out?: string }): Promise<number> =>
  callHub(options, async (hub, url) => {
    const count = await codegen(hub, { url, out });
    if (out !== undefined) process.stderr.write(`${count} event types written to ${out}\n`);
  });
