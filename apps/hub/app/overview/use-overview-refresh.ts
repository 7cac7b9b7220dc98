import { useLiveRefresh } from '../live/use-live-refresh.ts';

/** Counters are written every two seconds and kept for one, so what just happened is in the figures this much later. */
const settleMs = 3_500;
const restMs = 2_000;
/** Without any change the time goes on all the same. */
const idleMs = 60_000;

/** Keeps the figures up to date while the page is looked at. */
export function useOverviewRefresh(tenant: string): void {
  useLiveRefresh(tenant, { restMs, settleMs, idleMs });
}
