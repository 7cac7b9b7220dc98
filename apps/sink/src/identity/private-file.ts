import { randomBytes } from 'node:crypto';
import { closeSync, fchownSync, fsyncSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { AgentError, exitCodes } from '../agent-error.ts';

/**
 * Writes a file that its owner alone can read; whoever reads it meanwhile sees the old one or the new one, whole. What root
 * writes belongs to the account that owns the folder: the service may run as that one.
 */
export function writePrivateFile(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const beside = `${file}.${randomBytes(4).toString('hex')}`;
  const handle = openSync(beside, 'wx', 0o600);
  try {
    writeSync(handle, text);
    const { uid, gid } = statSync(path.dirname(file));
    if (process.getuid?.() === 0) fchownSync(handle, uid, gid);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
}

/** Refuses a file of keys that others can read: what they may have seen is no secret any more. */
export function expectPrivate(file: string): void {
  if (process.platform === 'win32' || (statSync(file).mode & 0o077) === 0) return;
  const text = `${file} can be read by others; run \`chmod 600 ${file}\`, and \`nexomatic-sink rotate-key\` if somebody may have read it`;
  throw new AgentError(exitCodes.configuration, text);
}
