import { connect } from 'node:net';
import { createHubClient } from '@nexomatic/client/hub-client';
import { toHubError } from '@nexomatic/client/hub-error';
import { systemClock } from '@nexomatic/clock';
import { accessOf, type Machine } from '../machine.ts';
import { type Finding, fail, ok, reasonOf, warn } from './finding.ts';

/** A clock that is further off makes log lines and expiry dates hard to believe; nothing depends on it. */
const mostSkewMs = 5_000;
const deadlineMs = 10_000;

/** Whether the hub answers, how long it takes, and what its clock says beside ours. */
export async function checkHub({ identity, settings: { environment } }: Machine): Promise<Finding[]> {
  const hubUrl = identity?.hubUrl ?? environment.NEXOMATIC_HUB_URL;
  if (!hubUrl) return [fail('hub', 'no hub is set', 'run `nexomatic-sink join`, or set NEXOMATIC_HUB_URL')];
  const started = systemClock.monotonic();
  try {
    const response = await fetch(new URL('/healthz', hubUrl), { signal: AbortSignal.timeout(deadlineMs) });
    const tookMs = Math.round(systemClock.monotonic() - started);
    await response.text();
    if (!response.ok) {
      const text = `${hubUrl} answers ${response.status}`;
      return [
        fail('hub', text, 'is that the hub’s address, and does the proxy in front of it pass /healthz and /trpc on?'),
      ];
    }
    return [ok('hub', `${hubUrl} answers in ${tookMs} ms`), skew(response.headers.get('date')), plainHttp(hubUrl)];
  } catch (error) {
    const fix =
      'check the address, DNS, the firewall, HTTPS_PROXY, and that this machine trusts the hub’s certificate (NODE_EXTRA_CA_CERTS)';
    return [fail('hub', `${hubUrl} can not be reached: ${reasonOf(error)}`, fix)];
  }
}

function skew(date: string | null): Finding {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return warn('clock', 'the hub told no time', 'does a proxy take the Date header away?');
  // The header has whole seconds.
  const offMs = Math.abs(systemClock.now() - theirs);
  if (offMs <= mostSkewMs) return ok('clock', 'goes with the hub’s');
  return warn('clock', `is ${Math.round(offMs / 1_000)} s off the hub’s`, 'let this machine keep time by NTP');
}

function plainHttp(hubUrl: string): Finding {
  const { protocol, hostname } = new URL(hubUrl);
  if (protocol === 'https:') return ok('tls', 'the hub is reached by https');
  if (['localhost', '127.0.0.1', '[::1]'].includes(hostname)) return ok('tls', 'not needed on one machine');
  return warn(
    'tls',
    'the hub is reached by http: whoever sits between can read and change everything',
    'give the hub an https address, and join by that',
  );
}

/** Whether the hub lets this sink in. */
export async function checkCredential(machine: Machine): Promise<Finding> {
  try {
    const { hubUrl, token } = accessOf(machine);
    const hub = createHubClient({ url: hubUrl, token });
    const { name, status } = await hub.sink.self.query(undefined, { signal: AbortSignal.timeout(deadlineMs) });
    return ok('credential', `the hub knows this sink as ${name} (${status.toLowerCase()})`);
  } catch (error) {
    const failure = toHubError('credential', error);
    const fix = 'join anew with a line from the hub’s page “Add sink”';
    if (failure.kind === 'unauthenticated') return fail('credential', 'the hub does not let this sink in', fix);
    return fail('credential', reasonOf(error), 'mend what is told above, and run it again');
  }
}

/** Whether a connection to `host:port` can be made from here: for what modules need. */
export function checkTcp(target: string): Promise<Finding> {
  const at = target.lastIndexOf(':');
  const [host, port] = [target.slice(0, at), Number(target.slice(at + 1))];
  if (at < 1 || !Number.isInteger(port) || port < 1 || port > 65_535) {
    return Promise.resolve(fail('tcp', `${target} is not host:port`, 'give for example --tcp db.internal:5432'));
  }
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: deadlineMs });
    const end = (finding: Finding): void => {
      socket.destroy();
      resolve(finding);
    };
    const fix = 'check DNS and the firewall between this machine and that one';
    socket.once('connect', () => end(ok('tcp', `${target} takes connections`)));
    socket.once('timeout', () => end(fail('tcp', `${target} does not answer`, fix)));
    socket.once('error', (error) => end(fail('tcp', `${target}: ${error.message}`, fix)));
  });
}
