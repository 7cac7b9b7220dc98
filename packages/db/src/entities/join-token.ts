import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, instant, instantNow, sha256, text } from './columns.ts';

/** What a machine is let in by as a new sink, `nxj_…`: for minutes, and as often as it says. */
export const JoinToken = defineEntity({
  name: 'JoinToken',
  tableName: 'join_tokens',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('joinToken').primary(),
    tokenHash: sha256().unique(),
    /** Last characters, to know it by. */
    hint: text(8),
    sinkTypeId: id('sinkType'),
    /** Name of the sink that joins; null for the one that it gives itself. */
    name: text(100).nullable(),
    /** JSON object of texts, given to every sink that joins. */
    labels: p.text().nullable(),
    uses: p.integer(),
    usesLeft: p.integer(),
    createdAt: instantNow(),
    expiresAt: instant(),
    revokedAt: instant().nullable(),
    /** Null when a program or the installation made it. */
    createdBy: id('user').nullable(),
  },
  indexes: [{ properties: ['tenantId', 'sinkTypeId'] }],
});
export type JoinToken = InferEntity<typeof JoinToken>;
