import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { idSchema } from '@nexomatic/contracts/id';
import { sinkRuntimes } from '@nexomatic/contracts/sink-protocol';
import * as z from 'zod';
import { AgentError, exitCodes } from '../agent-error.ts';
import { expectPrivate, writePrivateFile } from './private-file.ts';
import { makeSinkKeys, type SinkKeys, sinkKeysSchema } from './sink-keys.ts';

const identitySchema = z.object({
  hubUrl: z.url(),
  sinkId: idSchema('sink'),
  name: z.string(),
  type: z.object({ name: z.string(), runtime: z.enum(sinkRuntimes) }),
  tenant: z.object({ id: idSchema('tenant'), name: z.string() }),
  joinedAt: z.string(),
  keys: sinkKeysSchema,
  /** Keys that the hub was asked to put in the place of the others, and has not confirmed. */
  nextKeys: sinkKeysSchema.optional(),
});

/** Who this sink is: what `join` has made of this machine. Survives restarts, updates and another join. */
export type Identity = z.infer<typeof identitySchema>;

export const identityFile = (folder: string): string => path.join(folder, 'identity.json');
const joiningFile = (folder: string): string => path.join(folder, 'joining.json');

/** The identity in a config folder; null when this machine has not joined with it. */
export function readIdentity(folder: string): Identity | null {
  const file = identityFile(folder);
  if (!existsSync(file)) return null;
  expectPrivate(file);
  return parse(file, identitySchema);
}

export function writeIdentity(folder: string, identity: Identity): void {
  writePrivateFile(identityFile(folder), `${JSON.stringify(identity, null, 2)}\n`);
  rmSync(joiningFile(folder), { force: true });
}

export function removeIdentity(folder: string): void {
  for (const file of [identityFile(folder), joiningFile(folder)]) rmSync(file, { force: true });
}

/**
 * The keys to join with: those of before, or new ones that are kept before the hub is asked. A join whose answer got lost is
 * so repeated by the same machine and not by a new one.
 */
export function keysToJoinWith(folder: string, identity: Identity | null): SinkKeys {
  if (identity) return identity.keys;
  const file = joiningFile(folder);
  if (existsSync(file)) {
    expectPrivate(file);
    return parse(file, sinkKeysSchema);
  }
  const keys = makeSinkKeys();
  writePrivateFile(file, JSON.stringify(keys));
  return keys;
}

function parse<T>(file: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'it is not what join has written';
    const text = `${file} can not be read (${reason}); put the file back from a copy, or remove it and join anew`;
    throw new AgentError(exitCodes.configuration, text, { cause: error });
  }
}
