import type { $ZodType } from 'zod/v4/core';

/**
 * The parameters of an address as the input that a procedure's schema describes: texts become numbers where it wants
 * numbers, `true` and `false` booleans, and lists where it wants lists (`state=ERROR&state=WARNING` or `state=ERROR,WARNING`). What doesn't fit is
 * left as it came, for the schema to refuse.
 */
export function queryInput(schema: $ZodType, query: URLSearchParams, path: Record<string, string>): unknown {
  const fields = shapeOf(schema);
  const input: Record<string, unknown> = Object.create(null);
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    // A name such as `constructor` must not find what every object inherits.
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    input[name] = field ? inputValue(field, values) : values[0];
  }
  return { ...input, ...path };
}

function inputValue(field: $ZodType, values: string[]): unknown {
  const { def } = unwrapped(field)._zod;
  if (def.type === 'array') return values.flatMap((value) => value.split(','));
  const [value, ...more] = values;
  // A parameter that may come once and comes twice is no text any more, which the schema refuses by its name.
  if (value === undefined || more.length > 0) return values;
  if (def.type === 'number' && /^-?\d{1,15}(\.\d{1,15})?$/.test(value)) return Number(value);
  return def.type === 'boolean' && (value === 'true' || value === 'false') ? value === 'true' : value;
}

/** The fields of an object schema; none for anything else. */
export function shapeOf(schema: $ZodType): Record<string, $ZodType> {
  const { def } = schema._zod as { def: { type: string; shape?: Record<string, $ZodType> } };
  return def.type === 'object' ? (def.shape ?? {}) : {};
}

/** The schema within `optional`, `nullable` and `default`. */
function unwrapped(schema: $ZodType): $ZodType {
  const { def } = schema._zod as { def: { innerType?: $ZodType } };
  return def.innerType ? unwrapped(def.innerType) : schema;
}
