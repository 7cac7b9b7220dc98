import type { ResolvedParameter } from '@nexomatic/contracts/sink-protocol';
import type { ParameterDefinition } from '../definitions/definitions.ts';
import { parseExactly } from '../payload/parse-exactly.ts';

export type Resolution = { kind: 'resolved'; parameters: ResolvedParameter[] } | Unresolved;

/** A parameter that has no value; `message` names it and the key, safe to show. */
export interface Unresolved {
  kind: 'missing';
  reason: 'parameter_missing' | 'secret_missing';
  message: string;
}

/**
 * Gives every parameter its value: STATIC as it was defined, DATA from the payload. A DATA value that begins with "/" is
 * a JSON Pointer (RFC 6901), any other a key of the payload's top object. Numbers keep every digit.
 */
export function resolveParameters(definitions: ParameterDefinition[], payload: Uint8Array): Resolution {
  const parameters: ResolvedParameter[] = [];
  let document: { root: unknown } | null = null;
  for (const { key, kind, origin, value } of definitions) {
    if (kind === 'STATIC') {
      parameters.push({ key, kind, origin, json: value });
      continue;
    }
    if (kind === 'SECRET') {
      return { kind: 'missing', reason: 'secret_missing', message: `parameter "${key}": no secret "${value}" is set` };
    }
    document ??= parseExactly(payload);
    const found = document && readPath(document.root, value);
    if (!found) {
      const where = document ? `the payload has no ${describe(value)}` : 'the payload is not JSON';
      return { kind: 'missing', reason: 'parameter_missing', message: `parameter "${key}": ${where}` };
    }
    parameters.push({ key, kind, origin, json: JSON.stringify(found.value) });
  }
  return { kind: 'resolved', parameters };
}

const describe = (path: string): string => (path.startsWith('/') ? `value at "${path}"` : `key "${path}"`);

/** What a DATA parameter of that value reads from a parsed payload, or null where there is nothing. */
export function readPath(root: unknown, path: string): { value: unknown } | null {
  const steps = path.startsWith('/')
    ? path
        .slice(1)
        .split('/')
        .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    : [path];
  let value = root;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return null;
    if (Array.isArray(value) && !/^(0|[1-9]\d*)$/.test(step)) return null;
    value = (value as Record<string, unknown>)[step];
  }
  return { value };
}
