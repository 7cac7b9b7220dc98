export type FieldChange = { path: string } & (
  | { kind: 'added'; after: unknown }
  | { kind: 'removed'; before: unknown }
  | { kind: 'changed'; before: unknown; after: unknown }
);

type Fields = Record<string, unknown>;

/**
 * What differs between two states of an object, field by field, in the order of the fields. Objects within are gone into
 * (`retry.limit`), and so are lists of things that have a key, id or name (`parameters[host].value`): each is compared with the one
 * of the same name, wherever it stands. Null for an object that is not there yet, or not any more.
 */
export function fieldChanges(before: object | null, after: object | null): FieldChange[] {
  return compareFields('', (before ?? {}) as Fields, (after ?? {}) as Fields);
}

function compareFields(prefix: string, before: Fields, after: Fields): FieldChange[] {
  return union(Object.keys(before), Object.keys(after)).flatMap((name) =>
    compare(prefix === '' ? name : `${prefix}.${name}`, own(before, name), own(after, name)),
  );
}

/** `undefined` stands for what is not there: JSON has no other use for it. */
function compare(path: string, before: unknown, after: unknown): FieldChange[] {
  if (sameJson(before, after)) return [];
  if (before === undefined) return [{ path, kind: 'added', after }];
  if (after === undefined) return [{ path, kind: 'removed', before }];
  if (isFields(before) && isFields(after)) return compareFields(path, before, after);
  const [left, right] = [namedItems(before), namedItems(after)];
  if (!left || !right) return [{ path, kind: 'changed', before, after }];
  const items = union([...left.keys()], [...right.keys()]).flatMap((name) =>
    compare(`${path}[${name}]`, left.get(name), right.get(name)),
  );
  // The same things in another order: only the lists as a whole show it.
  return items.length > 0 ? items : [{ path, kind: 'changed', before, after }];
}

/** The items of a list by what they are called; null for a list of other things, or where two have one name. */
function namedItems(value: unknown): Map<string, unknown> | null {
  if (!Array.isArray(value)) return null;
  const items = new Map<string, unknown>();
  for (const item of value) {
    const name = isFields(item) ? (item.key ?? item.id ?? item.name) : undefined;
    if (typeof name !== 'string' || items.has(name)) return null;
    items.set(name, item);
  }
  return items;
}

const own = (fields: Fields, name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined);
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const union = (left: string[], right: string[]): string[] => [...new Set([...left, ...right])];

function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, i) => sameJson(item, right[i]));
  if (!isFields(left) || !isFields(right)) return false;
  return union(Object.keys(left), Object.keys(right)).every((name) => sameJson(own(left, name), own(right, name)));
}
