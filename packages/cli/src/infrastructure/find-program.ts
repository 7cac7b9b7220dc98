import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { env } from '../env.ts';

/** Server programs stand in folders that are not on everybody's PATH. */
const serverFolders = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin', '/usr/libexec'];

/** The full path of the first of these programs that is installed, undefined when none is. */
export function findProgram(...names: string[]): string | undefined {
  const folders = [...(env.PATH ?? '').split(delimiter), ...serverFolders].filter((folder) => folder !== '');
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, process.platform === 'win32' ? `${name}.exe` : name);
      if (isExecutable(path)) return path;
    }
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false; // not there, or not for us
  }
}
