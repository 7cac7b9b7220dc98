import { whyNoResult } from './check-result.ts';
import type { ModuleReport } from './module-report.ts';
import type { ModuleOutcome } from './runner.ts';
import type { ProcessEnd } from './started-process.ts';

/** How a process ended. */
export type ProcessExit = ProcessEnd & {
  /** It had said its last word and was ended by us because it did not exit. */
  lingered: boolean;
};

/**
 * From what a module said and how its process ended to one outcome:
 * an `error` line → that error; ended by a signal, or unseen without a result → `killed`; an exit code other than 0
 * → `exit_code`; otherwise success (a warning if it warned) with its result, or null if it sent none.
 */
export function processOutcome(said: Pick<ModuleReport, 'final' | 'warning'>, exit: ProcessExit): ModuleOutcome {
  const code = 'lost' in exit || exit.code === null ? {} : { exitCode: exit.code };
  if (said.final?.type === 'error') {
    return { state: 'ERROR', reason: said.final.reason, message: said.final.message, ...code };
  }
  if ('lost' in exit) {
    if (!said.final) return { state: 'ERROR', reason: 'killed', message: exit.lost };
  } else if (!(exit.lingered && said.final)) {
    if (exit.signal) return { state: 'ERROR', reason: 'killed', message: killedBy(exit.signal) };
    if (exit.code !== 0) {
      return { state: 'ERROR', reason: 'exit_code', message: `the process exited with code ${exit.code}`, ...code };
    }
  }
  return goodOutcome(said.final?.json, said.warning, code);
}

/** The outcome of a module that came to its end by itself. */
export function goodOutcome(
  resultJson: string | undefined,
  warning: string | undefined,
  code: { exitCode?: number } = {},
): ModuleOutcome {
  const fault = resultJson === undefined ? undefined : whyNoResult(resultJson);
  if (fault) return { state: 'ERROR', reason: 'result_invalid', message: fault, ...code };
  const result = resultJson === undefined ? {} : { resultJson };
  if (warning === undefined) return { state: 'SUCCESS', ...result, ...code };
  return { state: 'WARNING', message: warning, ...result, ...code };
}

function killedBy(signal: NodeJS.Signals): string {
  const hint = signal === 'SIGKILL' ? ' (out of memory?)' : '';
  return `the process was killed by ${signal}${hint}`;
}
