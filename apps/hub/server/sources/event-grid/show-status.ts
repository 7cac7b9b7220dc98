import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { EventGridStatus } from '@nexomatic/contracts/event-grid-api';
import { type EventGridSettings, eventGridSettingsSchema } from '@nexomatic/contracts/event-grid-settings';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import type { Source } from '@nexomatic/db/entities/source';
import { type EventGridConsumerFacts, readEventGridConsumer } from '@nexomatic/db/ledger/event-grid';
import type { Sql } from '@nexomatic/db/sql';
import { findSource } from '../read-sources.ts';
import { liveSecrets } from '../secrets/read-secrets.ts';

export interface ShowStatusDeps {
  db: Database;
  sql: Sql;
}

/** What a source of kind EVENT_GRID pulls from, and how that goes. */
export async function showEventGrid(
  { db, sql }: ShowStatusDeps,
  tenantId: Id<'tenant'>,
  id: Id<'source'>,
): Promise<EventGridStatus> {
  const em = db.tenantEm(tenantId);
  const row = await findSource(em, id);
  expectEventGrid(row);
  const [credential] = await liveSecrets(em, id);
  const facts = (await readEventGridConsumer(sql, tenantId, id)) ?? neverConnected;
  const settings = eventGridSettingsOf(row);
  return {
    settings,
    credential: credential ? { hint: credential.hint, createdAt: credential.createdAt.toISOString() } : null,
    ...stateOf(row, { settings, hasCredential: credential !== undefined, facts }),
    // The rest of the name tells processes of one machine apart, which no reader needs.
    hub: facts.owner?.split(' ')[0] ?? null,
    inFlight: facts.inFlight,
    lagSeconds: facts.lagMs === null ? null : facts.lagMs / 1_000,
    lastPollAt: isoOf(facts.lastPollAt),
    lastEventAt: isoOf(facts.lastEventAt),
    nextPollAt: facts.failing && facts.owner !== null ? isoOf(facts.nextPollAt) : null,
    lastError: facts.lastError && { at: facts.lastError.at.toISOString(), message: facts.lastError.message },
    totals: facts.totals,
    polls: facts.polls,
    version: row.version,
  };
}

/** Refuses what is about pulling for a source that does not pull. */
export function expectEventGrid({ kind }: Pick<Source, 'kind'>): void {
  if (kind === 'EVENT_GRID') return;
  throw new NexomaticError('unprocessable', `Only an EVENT_GRID source pulls; this one is of kind ${kind}.`);
}

export const eventGridSettingsOf = ({ settings }: Pick<Source, 'settings'>): EventGridSettings | null =>
  settings ? eventGridSettingsSchema.parse(JSON.parse(settings)) : null;

function stateOf(
  { enabled, eventTypeId }: Source,
  { settings, hasCredential, facts }: { settings: EventGridSettings | null; hasCredential: boolean; facts: Facts },
): Pick<EventGridStatus, 'state' | 'sentence'> {
  if (!settings) return { state: 'incomplete', sentence: 'It is not connected: say which subscription it pulls from.' };
  if (!hasCredential && settings.auth.kind !== 'managed_identity') {
    return { state: 'incomplete', sentence: 'It has no credential: give the one that Azure is to be shown.' };
  }
  if (!eventTypeId) {
    return { state: 'incomplete', sentence: 'It fires nothing, so nothing is pulled: choose its event type.' };
  }
  if (!enabled) return { state: 'paused', sentence: 'It is paused: events wait in Azure until it is resumed.' };
  if (facts.owner === null) {
    const sentence = 'A hub takes it within seconds. If none does, none runs with the role “background” or “all”.';
    return { state: 'starting', sentence };
  }
  if (facts.failing) {
    const times = facts.failures === 1 ? 'The last poll' : `The last ${facts.failures} polls`;
    return { state: 'failing', sentence: `${times} did not go well. ${facts.lastError?.message ?? ''}`.trim() };
  }
  return { state: 'receiving', sentence: 'A hub waits for events, and takes each as it comes.' };
}

type Facts = EventGridConsumerFacts;

const isoOf = (at: Date | null): string | null => at?.toISOString() ?? null;

const neverConnected: Facts = {
  ...{
    owner: null,
    inFlight: 0,
    lagMs: null,
    lastPollAt: null,
    lastEventAt: null,
    nextPollAt: null,
    failures: 0,
    failing: false,
  },
  ...{ lastError: null, polls: [] },
  totals: { received: 0, accepted: 0, duplicates: 0, rejected: 0, released: 0 },
};
