import { createNexomatic, type Nexomatic, NexomaticError } from '@nexomatic/client/nexomatic';
import { CommandError } from './command-error.ts';
import { type HubOptions, hubOf } from './hub-options.ts';
import { UsageError } from './usage-error.ts';

/** Exit codes of commands that call a hub. */
const exitCodes: Partial<Record<NexomaticError['code'], number>> = {
  unauthenticated: 4,
  forbidden: 4,
  not_found: 5,
  conflict: 6,
  in_use: 6,
};
const failed = 1;
const wrongUsage = 2;
const unreachable = 7;

/** Does a command's work with its hub: results go to standard output, talk to standard error. Gives the exit code. */
export async function callHub(
  options: HubOptions,
  work: (hub: Nexomatic, url: string) => Promise<void>,
): Promise<number> {
  const found = hubOf(options);
  if (typeof found === 'string') return fault('usage', found, wrongUsage);
  try {
    await work(createNexomatic(found), found.url);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) return fault('usage', error.message, wrongUsage);
    if (error instanceof CommandError) return fault(error.code, error.message, error.exitCode);
    if (error instanceof NexomaticError) return fault(error.code, detailOf(error), exitCodes[error.code] ?? failed);
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof Error && error.name === 'TRPCClientError') {
      return fault('hub_unreachable', `${found.url} can't be reached (${message}); check --url`, unreachable);
    }
    return fault('failed', message, failed);
  }
}

function detailOf({ message, facts: { errors = [] } }: NexomaticError): string {
  return [message, ...errors.map((one) => `  ${one.path}: ${one.message}`)].join('\n');
}

function fault(code: string, message: string, exitCode: number): number {
  process.stderr.write(`error ${code}: ${message}\n`);
  return exitCode;
}
