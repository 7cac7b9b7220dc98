import { homedir, userInfo } from 'node:os';
import path from 'node:path';

type Environment = Record<string, string | undefined>;

/** Where a sink keeps what it is, and what it does. */
export interface Folders {
  /** Identity and settings. */
  config: string;
  /** Working folders, and what waits to be sent. */
  state: string;
}

/** The folders of the machine where nobody said otherwise: those of the system for root, else those of the person. */
export function usualFolders(environment: Environment, given: { dir?: string | undefined } = {}): Folders {
  const own = given.dir ?? environment.NEXOMATIC_CONFIG_DIR;
  if (own) return { config: path.resolve(own), state: path.resolve(own, 'state') };
  // systemd names the folders that it has made for a unit.
  const { CONFIGURATION_DIRECTORY: config, STATE_DIRECTORY: state } = environment;
  const usual = foldersOf(process.platform, environment);
  return { config: config?.split(':')[0] ?? usual.config, state: state?.split(':')[0] ?? usual.state };
}

function foldersOf(platform: NodeJS.Platform, environment: Environment): Folders {
  const home = homedir();
  if (platform === 'win32') {
    const base = path.join(environment.ProgramData ?? 'C:\\ProgramData', 'nexomatic-sink');
    return { config: base, state: path.join(base, 'state') };
  }
  if (userInfo().uid === 0) return { config: '/etc/nexomatic-sink', state: '/var/lib/nexomatic-sink' };
  if (platform === 'darwin') {
    const base = path.join(home, 'Library', 'Application Support', 'nexomatic-sink');
    return { config: base, state: path.join(base, 'state') };
  }
  return {
    config: path.join(environment.XDG_CONFIG_HOME ?? path.join(home, '.config'), 'nexomatic-sink'),
    state: path.join(environment.XDG_STATE_HOME ?? path.join(home, '.local', 'state'), 'nexomatic-sink'),
  };
}
