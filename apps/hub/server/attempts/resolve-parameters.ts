import type { StoredParameter } from '@nexomatic/contracts/sink-protocol';
import type { ParameterDefinition } from '../definitions/definitions.ts';
import { parseExactly } from '../payload/parse-exactly.ts';
import type { SecretStanding } from '../secrets/secret-standings.ts';

export type Resolution = { kind: 'resolved'; parameters: StoredParameter[] } | Unresolved;

/** A parameter that has no value; `message` names it and the key, safe to show. */
export interface Unresolved {
  kind: 'missing';
  reason: 'parameter_missing' | 'secret_missing' | 'secret_not_granted';
  message: string;
}

/**
 * Gives every parameter its value: STATIC as it was defined, DATA from the payload. A DATA value that begins with "/" is
 * a JSON Pointer (RFC 6901), any other a key of the payload's top object. Numbers keep every digit. SECRET becomes the name
 * and the present version of the secret, if it may be used: its value is given out later, to the sink alone.
 */
export function resolveParameters(
  definitions: ParameterDefinition[],
  payload: Uint8Array,
  standingOf: (secret: string) => SecretStanding,
): Resolution {
  const parameters: StoredParameter[] = [];
  let document: { root: unknown } | null = null;
  for (const { key, kind, origin, value } of definitions) {
    if (kind === 'STATIC') {
      parameters.push({ key, kind, origin, json: value });
      continue;
    }
    if (kind === 'SECRET') {
      const standing = standingOf(value);
      if (standing.kind !== 'usable') return unusable(key, value, standing);
      parameters.push({ key, kind, origin, name: value, version: standing.version });
      continue;
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

function unusable(key: string, secret: string, standing: Exclude<SecretStanding, { kind: 'usable' }>): Unresolved {
  const refused = (reason: Unresolved['reason'], message: string): Unresolved => ({
    ...{ kind: 'missing', reason },
    message: `parameter "${key}": ${message}`,
  });
  switch (standing.kind) {
    case 'missing':
      return refused('secret_missing', `no secret "${secret}" is set`);
    case 'lost':
      return refused('secret_missing', `no sink has the value of the secret "${secret}" any more; set it again`);
    case 'not_granted':
      return refused(
        'secret_not_granted',
        `the secret "${secret}" is not granted to this event type and its sink type`,
      );
    case 'elsewhere': {
      const having = listed(standing.sinks);
      return refused('secret_not_granted', `the secret "${secret}" is end-to-end, and only ${having} can open it`);
    }
  }
}

const mostListed = 5;
const listed = (sinks: string[]): string => {
  const named = sinks.length > mostListed ? sinks.slice(0, mostListed) : sinks;
  const more = sinks.length > named.length ? ` and ${sinks.length - named.length} more` : '';
  return `${sinks.length === 1 ? 'the sink' : 'the sinks'} ${named.join(', ')}${more}`;
};

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
