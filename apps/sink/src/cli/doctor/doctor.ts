import { AgentError, exitCodes } from '../../agent-error.ts';
import type { Machine } from '../machine.ts';
import type { Talk } from '../talk.ts';
import { checkCredential, checkHub, checkTcp } from './check-hub.ts';
import {
  checkIdentity,
  checkIsolation,
  checkModules,
  checkNode,
  checkProxy,
  checkPython,
  checkState,
} from './check-machine.ts';
import type { Finding } from './finding.ts';

/** Looks at everything that a sink needs; each finding that is not good says what to do. Ends with 1 where one fails. */
export async function doctor(machine: Machine, { tcp }: { tcp: string[] }, talk: Talk): Promise<void> {
  const findings = (
    await Promise.all([
      checkNode(),
      checkIdentity(machine),
      checkModules(machine),
      checkState(machine),
      checkPython(machine),
      checkIsolation(machine),
      checkProxy(machine.settings.environment),
      checkHub(machine),
      checkCredential(machine),
      ...tcp.map(checkTcp),
    ])
  ).flat();
  talk.result(findings.map(lineOf).join('\n'), { findings });
  const failed = findings.filter(({ state }) => state === 'fail').length;
  if (failed > 0) throw new AgentError(exitCodes.failed, `${failed} of ${findings.length} checks failed`);
}

const signs: Record<Finding['state'], string> = { ok: '✓', warn: '!', fail: '✗' };

function lineOf({ check, state, text, fix }: Finding): string {
  const line = `${signs[state]} ${state.padEnd(4)} ${check.padEnd(10)} ${text}`;
  return fix ? `${line}\n  ${' '.repeat(16)}→ ${fix}` : line;
}
