import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { SinkStatus } from '@nexomatic/contracts/sink-api';
import { id, instant, instantNow, name, sha256, text } from './columns.ts';

/** A registered agent process, known by its token `nxs_…`. What it says of itself is filled in when it says hello. */
export const Sink = defineEntity({
  name: 'Sink',
  tableName: 'sinks',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('sink').primary(),
    name: name(),
    sinkTypeId: id('sinkType'),
    description: text(500).default(''),
    status: text(16).$type<SinkStatus>().default('OFFLINE'),
    tokenHash: sha256().unique(),
    /** Attempts that it runs at once. */
    slots: p.integer(),
    version: text(40).nullable(),
    hostname: text(200).nullable(),
    platform: text(100).nullable(),
    runtimeVersion: text(40).nullable(),
    lastSeenAt: instant().nullable(),
    createdAt: instantNow(),
  },
  indexes: [{ properties: ['tenantId', 'sinkTypeId'] }],
  uniques: [{ properties: ['tenantId', 'name'] }],
});
export type Sink = InferEntity<typeof Sink>;
