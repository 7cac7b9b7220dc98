import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './settings.ts';

/** The product's own version and that of its runtime. */
export function productVersions(): { nexomatic: string; node: string } {
  const manifest = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as { version: string };
  return { nexomatic: manifest.version, node: process.versions.node };
}
