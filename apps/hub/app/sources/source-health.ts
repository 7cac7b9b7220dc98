import type { SourceSummary } from '@nexomatic/contracts/source-api';
import { CircleCheck, CircleDashed, CirclePause, OctagonX, TriangleAlert } from '../components/icons.ts';

type Judged = Pick<SourceSummary, 'kind' | 'enabled' | 'scheme' | 'liveSecrets' | 'requestsLastDay' | 'lastReceivedAt'>;

/** A share of refused requests above which somebody should look. */
const worrying = 0.05;

/** How a source does, by its settings and the last 24 hours: sign, word, and the reason. */
export function healthOf({ kind, enabled, scheme, liveSecrets, requestsLastDay, lastReceivedAt }: Judged) {
  if (!enabled)
    return {
      word: 'disabled',
      tone: 'neutral',
      Icon: CirclePause,
      why: 'It fires nothing until it is enabled',
    } as const;
  if (kind === 'WEBHOOK' && scheme !== 'none' && liveSecrets === 0)
    return {
      word: 'no secret',
      tone: 'bad',
      Icon: OctagonX,
      why: 'Every request is refused until it has one',
    } as const;
  const { accepted, duplicate, filtered, refused } = requestsLastDay;
  const all = accepted + duplicate + filtered + refused;
  if (refused > 0 && refused / all > worrying) {
    const share = Math.max(1, Math.round((refused / all) * 100));
    const why = `${refused} of ${all} requests of the last 24 hours were refused`;
    const bad = refused === all;
    return {
      word: `refusing ${share} %`,
      tone: bad ? 'bad' : 'warning',
      Icon: bad ? OctagonX : TriangleAlert,
      why,
    } as const;
  }
  if (lastReceivedAt === null)
    return { word: 'waiting', tone: 'neutral', Icon: CircleDashed, why: 'Nothing has come from it yet' } as const;
  return { word: 'fine', tone: 'good', Icon: CircleCheck, why: 'Nothing stands in its way' } as const;
}
