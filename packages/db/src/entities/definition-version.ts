import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { body, id, instantNow, text } from './columns.ts';

/** An event type or action as one save left it. Its number is the definition's own `version`. */
export const DefinitionVersion = defineEntity({
  name: 'DefinitionVersion',
  tableName: 'definition_versions',
  primaryKeys: ['tenantId', 'definitionId', 'version'],
  properties: {
    tenantId: id('tenant').primary(),
    /** Prefixed id of the event type or action. */
    definitionId: text(40).primary(),
    version: p.integer().primary(),
    /** JSON of the definition with its parameters, as the API shows it. */
    body: body(),
    authorId: text(40).nullable(),
    authorName: text(200),
    createdAt: instantNow(),
  },
});
export type DefinitionVersion = InferEntity<typeof DefinitionVersion>;
