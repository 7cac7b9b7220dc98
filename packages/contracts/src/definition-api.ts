import * as z from 'zod';
import { nameSchema } from './event-api.ts';
import { type IdKind, idSchema } from './id.ts';
import { instant } from './instant.ts';

export { instant } from './instant.ts';

/** What event types, actions, sources and sink types have in common in the API. */

export const description = z.string().max(500).default('').describe('for people; at most 500 characters');
export const currentVersion = z
  .int()
  .positive()
  .describe('the version that was read: another one in the meantime is a `conflict`');

/** Anything with a name, named and linked to. */
export const named = <S extends z.ZodType | ReturnType<typeof idSchema>>(id: S) => z.object({ id, name: z.string() });

/** What kinds of sources there are; an event type may be fired by any of them, or by one kind alone. */
export const sourceKinds = ['WEBHOOK', 'SCHEDULER', 'EVENT_GRID', 'CUSTOM'] as const;
export type SourceKind = (typeof sourceKinds)[number];

export const parameterKinds = ['STATIC', 'DATA', 'SECRET'] as const;
export type ParameterKind = (typeof parameterKinds)[number];

export const parameterInput = z.strictObject({
  key: nameSchema.describe('what the module reads it by'),
  kind: z.enum(parameterKinds),
  value: z
    .string()
    .max(16_384)
    .describe(
      'STATIC: JSON text of the value (`"text"`, `42`); DATA: a key of the payload, or a JSON Pointer (RFC 6901) into it; SECRET: name of a secret',
    ),
});
export type ParameterInput = z.infer<typeof parameterInput>;
export const parametersInput = z.array(parameterInput).max(100).default([]);

/** Something that may go wrong later, told when a definition is saved or checked; it hinders nothing. */
export const warning = z.object({
  code: z.enum([
    'chain_loop',
    'data_key_unseen',
    'secret_missing',
    'secret_without_value',
    'secret_not_granted',
    'secret_short',
    'weak_signature',
    'no_sink_online',
    'target_disabled',
    'source_refused',
    'cron_either_day',
    'no_run_in_five_years',
  ]),
  path: z.string().describe('field that it is about, for example `parameters[0].value`'),
  message: z.string(),
});
export type Warning = z.infer<typeof warning>;

/** Something that refers to an object; the prefix of its id says what it is. */
export const reference = z.object({ id: z.string(), name: z.string(), how: z.string().optional() });

export const listInput = z.strictObject({
  search: z.string().max(100).optional().describe('part of the name'),
  limit: z.int().min(1).max(200).default(100),
  cursor: z.string().max(300).optional().describe('`nextCursor` of the page before'),
});
/** An id by which a list is filtered; in a union, because what describes the API wants no `zod/mini` in addresses. */
export const idFilter = <K extends IdKind>(kind: K) => z.union([idSchema(kind)]).optional();
export const nextCursor = z.string().nullable().describe('null on the last page');

export const definitionVersion = <S extends z.ZodType>(body: S) =>
  z.object({
    version: z.int(),
    author: z.object({ id: z.string().nullable(), name: z.string() }),
    createdAt: instant,
    body,
  });
