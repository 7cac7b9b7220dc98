import { statSync } from 'node:fs';
import path from 'node:path';

/** Where a Python import path leads to. */
export interface PythonModulePlace {
  /** The module folder that it was found in. */
  root: string;
  /** The part of the path that names files: `reports.daily` of `reports.daily.run`. */
  module: string;
}

const importPath = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;

/** Finds the file that a Python import path names, as Python would; undefined if there is none. */
export function locatePythonModule(name: string, roots: string[]): PythonModulePlace | undefined {
  if (!importPath.test(name)) return undefined;
  const names = name.split('.');
  for (const root of roots) {
    const found = follow(root, names);
    if (found.length > 0) return { root, module: found.join('.') };
  }
  return undefined;
}

function follow(root: string, names: string[]): string[] {
  const found: string[] = [];
  let folder = root;
  for (const name of names) {
    const here = path.join(folder, name);
    if (is(here)?.isDirectory()) {
      found.push(name);
      folder = here;
      continue;
    }
    if (is(`${here}.py`)?.isFile()) found.push(name);
    break;
  }
  return found;
}

function is(file: string) {
  return statSync(file, { throwIfNoEntry: false });
}
