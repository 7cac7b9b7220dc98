import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AgentError, exitCodes } from '../../agent-error.ts';

const exec = promisify(execFile);

/** Runs a command of the system to its end; what it complains of becomes the refusal. */
export async function runCommand([command = '', ...args]: string[], withinMs = 60_000): Promise<true> {
  try {
    await exec(command, args, { timeout: withinMs });
    return true;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    const reason = said || (error instanceof Error ? error.message : String(error));
    throw new AgentError(exitCodes.failed, `${[command, ...args].join(' ')} failed: ${reason}`, { cause: error });
  }
}
