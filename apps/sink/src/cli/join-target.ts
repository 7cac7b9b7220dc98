import { joinTokenPattern } from '@nexomatic/contracts/enrolment-api';
import { AgentError, exitCodes } from '../agent-error.ts';

/** `https://hub/join/nxj_…`, or the token alone with the hub's address beside it. */
export function readJoinTarget(target: string, hub: string | undefined): { hubUrl: string; token: string } {
  const address = URL.parse(target);
  const token = address ? (address.pathname.split('/').pop() ?? '') : target;
  if (!joinTokenPattern.test(token) || (address && !target.includes('/join/'))) {
    const text = 'that is no join token: it is nxj_ and 43 characters, alone or at the end of an address …/join/nxj_…';
    throw new AgentError(exitCodes.usage, text);
  }
  if (address) return { hubUrl: target.slice(0, target.lastIndexOf('/join/')), token };
  const hubUrl = hub?.replace(/\/+$/, '');
  if (hubUrl && URL.canParse(hubUrl)) return { hubUrl, token };
  throw new AgentError(
    exitCodes.usage,
    'which hub? Give its address with --hub, or the whole line of the page “Add sink”',
  );
}
