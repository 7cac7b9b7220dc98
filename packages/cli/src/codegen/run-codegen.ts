import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type CodegenOptions, codegen } from './codegen.ts';

/** Exit codes of commands that call a hub. */
const exitCodes: Partial<Record<NexomaticError['code'], number>> = { unauthenticated: 4, forbidden: 4, not_found: 5 };
const failed = 1;
const wrongUsage = 2;
const unreachable = 7;

/** Runs the command: results on standard output, talk on standard error. Gives the exit code. */
export async function runCodegen({ url, token, out }: Partial<CodegenOptions>): Promise<number> {
  if (url === undefined || token === undefined) {
    const missing = url === undefined ? '--url (or NEXOMATIC_URL)' : '--token (or NEXOMATIC_TOKEN)';
    process.stderr.write(`error usage: ${missing} is missing\n`);
    return wrongUsage;
  }
  try {
    const count = await codegen({ url, token, out });
    if (out !== undefined) process.stderr.write(`${count} event types written to ${out}\n`);
    return 0;
  } catch (error) {
    if (error instanceof NexomaticError) {
      process.stderr.write(`error ${error.code}: ${error.message}\n`);
      return exitCodes[error.code] ?? failed;
    }
    const network = error instanceof Error && error.name === 'TRPCClientError';
    const message = error instanceof Error ? error.message : String(error);
    const why = network ? `${url} can't be reached (${message}); check --url` : message;
    process.stderr.write(`error ${network ? 'hub_unreachable' : 'failed'}: ${why}\n`);
    return network ? unreachable : failed;
  }
}
