import type { EdgeSourceSettings } from '@nexomatic/contracts/edge-protocol';
import type { Arrival } from './arrival.ts';
import { type Judgement, judgeRequest } from './judge-request.ts';
import type { FoundSettings, SourceSettingsProvider } from './settings/source-settings.ts';
import type { TokenBuckets } from './token-buckets.ts';

export type Judged =
  | { outcome: 'judged'; version: string; settings: EdgeSourceSettings; judgement: Judgement }
  | Exclude<FoundSettings, { outcome: 'settings' }>;

interface Deps {
  settings: SourceSettingsProvider;
  buckets: TokenBuckets;
}

/**
 * Judges a request by the settings at hand, and before it is refused, by the newest that can be had: what was allowed just
 * now must not be refused from memory. A request that is taken needs no such care, because the hub compares versions.
 */
export async function judgeFreshly(arrival: Arrival, deps: Deps): Promise<Judged> {
  const known = await deps.settings.find(arrival.sourceKeyHash);
  const judged = await judgeBy(known, arrival, deps);
  if (!mayChange(judged)) return judged;
  const fresh = await deps.settings.confirm(arrival.sourceKeyHash, known);
  return fresh === known ? judged : judgeBy(fresh, arrival, deps);
}

async function judgeBy(found: FoundSettings, arrival: Arrival, { buckets }: Deps): Promise<Judged> {
  if (found.outcome !== 'settings') return found;
  const { version, settings } = found;
  return { outcome: 'judged', version, settings, judgement: await judgeRequest(arrival, settings, buckets) };
}

function mayChange(judged: Judged): boolean {
  if (judged.outcome !== 'judged') return judged.outcome === 'absent';
  return judged.judgement.kind === 'refused' && !judged.judgement.regardless;
}
