import { maxSchemaBytes } from '@nexomatic/contracts/event-type-limits';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { RE2JS } from 're2js';
import { jsonFaultOf } from '../ingress/json-fault.ts';
import { TookTooLongError, withinTime } from './within-time.ts';

/** Where a payload is not as the schema says: a JSON Pointer into it, empty for the whole of it. */
export interface PayloadFault {
  path: string;
  message: string;
}

/** What is wrong with a payload, its first faults; empty when nothing is. */
export type PayloadCheck = (payload: Uint8Array) => PayloadFault[];

/** Faults that are told; one is enough to refuse. */
const maxFaults = 20;
/** One payload may be checked for so long. All requests wait meanwhile, so a dear schema must not hold them up. */
const maxCheckMs = 100;
const maxCompileMs = 500;

/** RE2 takes time in proportion to the text whatever the pattern is; the engine's own may take for ever (`^(a+)+$`). */
const linearPatterns = Object.assign(
  (pattern: string) => {
    const expression = RE2JS.compile(pattern);
    return { test: (text: string) => expression.matcher(text).find() };
  },
  { code: '' },
);

let metaSchema: Ajv2020 | undefined;

/** Whether a schema's own form is right; made once, because the schema of schemas takes 50 ms to compile. */
function formErrors(schema: object | boolean): ErrorObject[] {
  if (!metaSchema) {
    metaSchema = new Ajv2020({ strict: false, validateFormats: false, logger: false });
    // Compiled here, out of the reach of the time limit.
    void metaSchema.validateSchema({});
  }
  const meta = metaSchema;
  return withinTime(maxCompileMs, () => (meta.validateSchema(schema) === true ? [] : (meta.errors ?? [])));
}

/** What keeps a text from being the schema of an event type; empty when nothing does. */
export function schemaFaults(text: string): PayloadFault[] {
  const bytes = Buffer.from(text);
  if (bytes.length > maxSchemaBytes) {
    return [{ path: '', message: `the schema has ${bytes.length} bytes; ${maxSchemaBytes} are allowed` }];
  }
  const fault = jsonFaultOf(bytes);
  if (fault) return [{ path: '', message: `not JSON: ${fault}` }];
  const schema: unknown = JSON.parse(text);
  if (!isSchema(schema)) return [{ path: '', message: 'a schema is an object, or true or false' }];
  const dialect = typeof schema === 'object' ? schema.$schema : undefined;
  if (dialect !== undefined && dialect !== dialect2020) {
    return [{ path: '/$schema', message: `must be ${dialect2020}, or be left out` }];
  }
  try {
    const errors = formErrors(schema);
    // Where several forms are possible each says why it is not the one; the first is enough.
    if (errors.length > 0)
      return [
        ...new Map(
          toFaults(errors)
            .toReversed()
            .map((one) => [one.path, one]),
        ).values(),
      ].toReversed();
    withinTime(maxCompileMs, () => compile(schema));
    return [];
  } catch (error) {
    return [{ path: '', message: whyUnusable(error) }];
  }
}

const dialect2020 = 'https://json-schema.org/draft/2020-12/schema';

const isSchema = (value: unknown): value is { $schema?: unknown } | boolean =>
  typeof value === 'boolean' || (typeof value === 'object' && value !== null && !Array.isArray(value));

/**
 * Each schema in an instance of its own: an `$id` then means something to this schema alone, whatever other tenants call
 * theirs. Nothing is ever fetched, so a `$ref` leads to a place in the same schema or is refused.
 */
function compile(schema: object | boolean) {
  const ajv = new Ajv2020({
    meta: false,
    validateSchema: false,
    strict: false,
    validateFormats: false,
    allErrors: true,
    ownProperties: true,
    inlineRefs: false,
    logger: false,
    code: { regExp: linearPatterns },
  });
  return ajv.compile(schema);
}

function whyUnusable(error: unknown): string {
  if (error instanceof TookTooLongError) return 'the schema takes too long to read; make it simpler';
  if (error instanceof RangeError) return 'the schema is nested too deeply';
  if (!(error instanceof Error)) return 'the schema can not be used';
  if (error.name === 'RE2JSSyntaxException') {
    const what = error.message.replace(/^error parsing regexp: /, '');
    return `a pattern is none of RE2, which has no look-around and no back-references: ${what}`;
  }
  const reference = /can't resolve reference (.+) from id/.exec(error.message)?.[1];
  if (reference) return `$ref ${reference} leads to nothing in this schema; other documents are not fetched`;
  return error.message.slice(0, 300);
}

/** The check of an event type's payloads. The schema is compiled at the first payload. */
export function createPayloadCheck(schemaText: string): PayloadCheck {
  let validate: ReturnType<typeof compile> | undefined;
  return (payload) => {
    let value: unknown;
    try {
      value = JSON.parse(Buffer.from(payload).toString('utf8'));
    } catch {
      return [{ path: '', message: 'is not JSON' }];
    }
    try {
      validate ??= withinTime(maxCompileMs, () => compile(JSON.parse(schemaText)));
      const check = validate;
      return withinTime(maxCheckMs, () => (check(value) ? [] : toFaults(check.errors ?? [])));
    } catch (error) {
      if (error instanceof TookTooLongError) {
        return [
          { path: '', message: `takes longer than ${maxCheckMs} ms to check; send less, or simplify the schema` },
        ];
      }
      if (error instanceof RangeError) return [{ path: '', message: 'is nested too deeply to be checked' }];
      return [{ path: '', message: `can not be checked: ${whyUnusable(error)}` }];
    }
  };
}

function toFaults(errors: ErrorObject[]): PayloadFault[] {
  // Of a property's name two are told: what is wrong with it, and that something is.
  const told = errors.filter(({ keyword }) => keyword !== 'propertyNames').slice(0, maxFaults);
  return told.map((error) => ({ path: pathOf(error).slice(0, 300), message: messageOf(error).slice(0, 300) }));
}

const pointerStep = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** What a fault is of: the place in the payload, or the property that is missing or too much there. */
function pathOf({ instancePath, params, propertyName }: ErrorObject): string {
  const name = propertyName ?? params.missingProperty ?? params.additionalProperty ?? params.unevaluatedProperty;
  return typeof name === 'string' ? instancePath + pointerStep(name) : instancePath;
}

function messageOf({ keyword, params, message = 'does not pass', propertyName }: ErrorObject): string {
  if (propertyName !== undefined) return `its name ${message}`;
  switch (keyword) {
    case 'required':
    case 'dependentRequired':
      return 'is missing';
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'is not allowed here';
    case 'enum':
      return `must be one of ${JSON.stringify(params.allowedValues).slice(1, -1)}`;
    case 'const':
      return `must be ${JSON.stringify(params.allowedValue)}`;
    case 'false schema':
      return 'is not allowed';
    default:
      return message.replace('must NOT', 'must not');
  }
}
