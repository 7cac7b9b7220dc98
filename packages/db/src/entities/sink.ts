import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { SinkStatus } from '@nexomatic/contracts/sink-api';
import type { SinkTransport } from '@nexomatic/contracts/sink-protocol';
import { id, instant, instantNow, name, publicKey, sha256, text } from './columns.ts';

/** A registered agent process. What it says of itself is filled in when it says hello. */
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
    /** The status that its history tells of; null before its first start. */
    notedStatus: text(16).$type<SinkStatus>().nullable(),
    /** Of its standing token `nxs_…`; null for one that joined with keys of its own. */
    tokenHash: sha256().unique().nullable(),
    /** Ed25519, public: proves who asks for access tokens. Null without keys, and once they were revoked. */
    signKey: publicKey().unique().nullable(),
    /** X25519, public: what is meant for this sink alone is sealed to it. */
    boxKey: publicKey().nullable(),
    /** What it joined by. */
    joinTokenId: id('joinToken').nullable(),
    /** How tickets reach it, as it said last. */
    transport: text(8).$type<SinkTransport>().nullable(),
    /** JSON object of texts. */
    labels: p.text().nullable(),
    /** Since when it takes no work, by somebody's wish; outlives restarts. */
    pausedAt: instant().nullable(),
    /** JSON of the modules that it can run, as it said last. */
    inventory: p.text().columnType('mediumtext').nullable(),
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
