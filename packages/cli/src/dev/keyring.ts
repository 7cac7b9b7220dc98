import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import type { StateFolder } from './state-folder.ts';

/** The file with the root key of this run's secrets, made once: without it, what was sealed stays sealed. */
export function keptKeyring(state: StateFolder): string {
  const file = state.secretFile('keyring');
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  return file;
}
