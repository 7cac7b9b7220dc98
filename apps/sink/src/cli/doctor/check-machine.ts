import { accessSync, constants, existsSync, mkdirSync, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import { isolationProfiles } from '@nexomatic/contracts/sink-protocol';
import { identityFile } from '../../identity/identity-file.ts';
import { findPython } from '../../runner/find-python.ts';
import { openIsolation } from '../../runner/isolation.ts';
import type { Machine } from '../machine.ts';
import { type Finding, fail, ok, reasonOf, warn } from './finding.ts';

const leastNode = 22;
/** Less than this, and logs of a busy day have no room. */
const leastFreeBytes = 256 * 1024 * 1024;

export function checkNode(version = process.versions.node): Finding {
  if (Number(version.split('.')[0]) >= leastNode) return ok('node', version);
  return fail('node', `${version} is too old`, `install Node ${leastNode} or newer`);
}

/** The identity, and who can read it. */
export function checkIdentity({ folders, identity, settings: { environment } }: Machine): Finding {
  if (identity) return ok('identity', `${identity.name} in ${identityFile(folders.config)}, for its owner alone`);
  if (environment.NEXOMATIC_SINK_TOKEN || environment.NEXOMATIC_SINK_TOKEN_FILE) {
    return ok('identity', 'a standing token from the environment');
  }
  return fail(
    'identity',
    `there is none in ${folders.config}`,
    'run `nexomatic-sink join`, or name the folder with --dir',
  );
}

export function checkState({ folders, settings: { environment } }: Machine): Finding {
  const folder = path.resolve(environment.NEXOMATIC_STATE_DIR ?? folders.state);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    const freeMib = Math.floor((bavail * bsize) / (1024 * 1024));
    if (bavail * bsize >= leastFreeBytes) return ok('disk', `${folder} can be written, ${freeMib} MiB are free`);
    return warn('disk', `${folder} has ${freeMib} MiB left`, 'make room, or set stateDir to a larger disk');
  } catch (error) {
    return fail(
      'disk',
      `${folder}: ${reasonOf(error)}`,
      'give the account that runs the agent the right to write there',
    );
  }
}

export function checkModules({ settings: { environment } }: Machine): Finding {
  const folders = (environment.NEXOMATIC_MODULES ?? '').split(path.delimiter).filter(Boolean);
  const missing = folders.filter((folder) => !(existsSync(folder) && statSync(folder).isDirectory()));
  const fix = '`nexomatic-sink config set modules FOLDER`';
  if (folders.length === 0) return fail('modules', 'no folder is set', fix);
  if (missing.length > 0) return fail('modules', `${missing.join(', ')} is not a folder`, fix);
  return ok('modules', folders.join(', '));
}

/** Needed by sinks of type Python alone. */
export async function checkPython({ identity, settings: { environment } }: Machine): Promise<Finding> {
  try {
    const { executable, version } = await findPython(environment.NEXOMATIC_PYTHON);
    return ok('python', `${version} (${executable})`);
  } catch (error) {
    const isNeeded = !identity || identity.type.runtime === 'PYTHON';
    const fix = 'install Python 3.9 or newer, or `nexomatic-sink config set python PATH`';
    return (isNeeded ? fail : warn)('python', reasonOf(error), fix);
  }
}

/** Whether what is asked for works here. */
export async function checkIsolation({ settings: { environment } }: Machine): Promise<Finding> {
  const asked = environment.NEXOMATIC_ISOLATION || 'none';
  const profile = isolationProfiles.find((name) => name === asked);
  const fix = `set it to one of ${isolationProfiles.join(', ')}`;
  if (!profile) return fail('isolation', `${asked} is none`, fix);
  try {
    await openIsolation(profile);
    return ok('isolation', profile === 'none' ? 'none: modules see the processes and files of their account' : profile);
  } catch (error) {
    return fail('isolation', reasonOf(error), `install what it needs, or ${fix}`);
  }
}

/** Node does not heed the proxy of the environment by itself before version 24. */
export function checkProxy(environment: Record<string, string | undefined>): Finding {
  const proxy = environment.HTTPS_PROXY ?? environment.https_proxy;
  if (!proxy) return ok('proxy', 'none is set');
  if (environment.NODE_USE_ENV_PROXY === '1') return ok('proxy', `${proxy.replace(/\/\/.*@/, '//***@')} is used`);
  return warn(
    'proxy',
    'HTTPS_PROXY is set and not used',
    'set NODE_USE_ENV_PROXY=1 as well (Node 24), or let the hub be reached without it',
  );
}
