import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { readRunFile } from '../dev/run-file.ts';
import { openStateFolder } from '../dev/state-folder.ts';

/** What a command was told of its hub. */
export interface HubOptions {
  url?: string;
  token?: string;
  /** Of the instance that is asked where neither address nor token are given. */
  stateDir?: string;
}

/** Adds the options by which a command is told its hub. */
export const withHub = (command: Command): Command =>
  command
    .addOption(new Option('--url <address>', 'address of the hub').env('NEXOMATIC_URL'))
    .addOption(new Option('--token <token>', 'an API token, nxt_…').env('NEXOMATIC_TOKEN'));

/** The hub that was told, or else the one that `npm start` runs; a text says what is missing. */
export function hubOf({ url, token, stateDir }: HubOptions): { url: string; token: string } | string {
  const mayRunHere = url === undefined && token === undefined && stateDir && existsSync(join(stateDir, 'run.json'));
  const running = mayRunHere ? readRunFile(openStateFolder(stateDir)) : undefined;
  if (running) return { url: running.hubUrl, token: running.apiToken };
  if (url === undefined) return '--url (or NEXOMATIC_URL) is missing';
  return token === undefined ? '--token (or NEXOMATIC_TOKEN) is missing' : { url, token };
}
