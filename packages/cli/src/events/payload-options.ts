import { parseExactJson } from '@nexomatic/contracts/exact-json';
import type { Command } from 'commander';
import { readGiven } from '../hub/read-given.ts';
import { UsageError } from '../hub/usage-error.ts';

export interface PayloadOptions {
  data?: string;
  set?: string[];
}

/** Adds the options by which a payload is given. */
export const withPayload = (command: Command): Command =>
  command
    .option('--data <json>', 'payload: JSON, or @file, or - for standard input')
    .option(
      '--set <name=value>',
      'set this in the payload, deeper by dots; JSON where it is some, else text; may be repeated',
      (one: string, all: string[] = []) => [...all, one],
    );

/** JSON text of the payload, digit for digit as it was given; undefined where none was. */
export async function payloadOf({ data, set = [] }: PayloadOptions): Promise<string | undefined> {
  const given = data === undefined ? undefined : await readGiven(data);
  if (set.length === 0) return given;
  const root = given === undefined ? {} : parsed(given);
  if (!isObject(root)) throw new UsageError('--set sets in an object, which --data does not give');
  for (const one of set) assign(root, one);
  return JSON.stringify(root);
}

function assign(root: JsonObject, given: string): void {
  const [name = '', ...value] = given.split('=');
  const path = name.split('.');
  const last = path.pop();
  if (value.length === 0 || !last || path.includes('')) throw new UsageError(`--set takes name=value, not ${given}`);
  let target = root;
  for (const key of path) {
    if (!Object.hasOwn(target, key)) put(target, key, {});
    const next = target[key];
    if (!isObject(next)) throw new UsageError(`--set ${name}: ${key} is there already, and is no object`);
    target = next;
  }
  put(target, last, jsonOrText(value.join('=')));
}

type JsonObject = Record<string, unknown>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value);

/** A number that keeps its digits is an object of its own kind. */
const isRawNumber = (value: object): boolean => Object.getPrototypeOf(value) === null;

/** Also a name that objects have from elsewhere, `__proto__`, becomes one of their own. */
function put(target: JsonObject, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

function parsed(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch (error) {
    throw new UsageError(`--data is no JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function jsonOrText(value: string): unknown {
  try {
    return parseExactJson(value);
  } catch {
    return value;
  }
}
