import type { SearchValue } from '@nexomatic/db/ledger/search-values';
import { parseExactly } from './parse-exactly.ts';

/**
 * The scalars that stand at an event type's search keys (`order.id`, `items.0.sku`) in a payload. Objects, lists, null and
 * what isn't there give nothing; a body that is no JSON gives nothing at all.
 */
export function searchValuesOf(paths: string[], payload: Uint8Array): SearchValue[] {
  if (paths.length === 0) return [];
  const document = parseExactly(payload);
  if (!document) return [];
  return [...new Set(paths)].flatMap((path) => {
    const found = at(document.root, path.split('.'));
    if (found === undefined || found === null) return [];
    if (typeof found === 'string') return [{ path, value: found, number: null }];
    // A number that was kept digit by digit is an object whose text is those digits.
    const json = JSON.stringify(found);
    if (typeof found === 'boolean') return [{ path, value: json, number: null }];
    if (/^[[{]/.test(json)) return [];
    const number = Number(json);
    return [{ path, value: json, number: Number.isFinite(number) ? number : null }];
  });
}

function at(root: unknown, steps: string[]): unknown {
  let value = root;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    if (Array.isArray(value) && step === 'length') return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}
