import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { UsageError } from './usage-error.ts';

/** What an option gives: the text itself, or what stands in `@file`, or at standard input for `-`. */
export async function readGiven(given: string): Promise<string> {
  if (given === '-') return text(process.stdin);
  if (!given.startsWith('@')) return given;
  try {
    return readFileSync(given.slice(1), 'utf8');
  } catch (error) {
    throw new UsageError(`${given.slice(1)} can't be read: ${error instanceof Error ? error.message : error}`);
  }
}
