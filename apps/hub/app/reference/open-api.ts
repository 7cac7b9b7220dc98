/** The part of an OpenAPI 3.1 document that the reference shows. */
export interface ApiDocument {
  info: { version: string; description?: string };
  servers?: { url: string }[];
  paths: Record<string, Partial<Record<Method, ApiOperation>>>;
  components?: { schemas?: Record<string, Schema> };
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
type Method = (typeof methods)[number];

interface ApiOperation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: { in: string; name: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
  responses: Record<string, { description?: string; content?: Record<string, { schema?: Schema }> }>;
}

export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
}

/** An operation with where it is. */
export interface ListedOperation extends ApiOperation {
  method: Method;
  path: string;
}

/** Operations by what they are about, in the order of the document. */
export function operationsByTag({ paths }: ApiDocument): Map<string, ListedOperation[]> {
  const all = Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => (item[method] ? [{ ...item[method], method, path }] : [])),
  );
  return Map.groupBy(all, ({ tags }) => tags?.[0] ?? 'other');
}

/** The schema itself, where it only names another. */
function resolved(schema: Schema, document: ApiDocument): Schema {
  const name = schema.$ref?.replace('#/components/schemas/', '');
  return name === undefined ? schema : (document.components?.schemas?.[name] ?? schema);
}

/** A schema's kind of value in a few words: `string (date-time)`, `array of object`, `"a" or "b"`. */
export function typeWords(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(typeWords).join(' or ');
  if (schema.$ref) return schema.$ref.replace('#/components/schemas/', '');
  const types = [schema.type ?? []].flat();
  return types.map((type) => (type === 'array' ? arrayWords(schema) : plainWords(type, schema))).join(' or ') || 'any';
}

const arrayWords = ({ items }: Schema): string => `array of ${items ? typeWords(items) : 'any'}`;
const plainWords = (type: string, { format }: Schema): string => (format ? `${type} (${format})` : type);

/** The schema with fields of its own that lies in this one: itself, its items, or the one choice that is no null. */
export function fieldsWithin(schema: Schema, document: ApiDocument): Schema | null {
  const own = resolved(schema, document);
  if (own.properties) return own;
  if (own.items) return fieldsWithin(own.items, document);
  for (const choice of own.anyOf ?? own.oneOf ?? []) {
    const found = fieldsWithin(choice, document);
    if (found) return found;
  }
  return null;
}

/** The call as a command. What is to be filled in stands in capitals. */
export function curlOf({ method, path, requestBody }: ListedOperation, base: string): string {
  const address = `${base}${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase())}`;
  return [
    `curl${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} -H "authorization: Bearer $NEXOMATIC_TOKEN"`,
    ...(requestBody ? ['-H "content-type: application/json" -d \'{…}\''] : []),
    `'${address}'`,
  ].join(' \\\n  ');
}
