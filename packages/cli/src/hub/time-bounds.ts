import { UsageError } from './usage-error.ts';

const span = /^\d+[mhd]$/;

/** A query with the bounds of `--since` and `--until`: a span back from now (15m, 24h, 7d) or an instant. */
export function boundsOf(query: string, { since, until }: { since?: string; until?: string }) {
  const isSpan = since !== undefined && span.test(since);
  const q = isSpan ? `${query} since:${since}`.trim() : query;
  return {
    ...(q === '' ? {} : { q }),
    ...(since === undefined || isSpan ? {} : { since: instantOf('--since', since, '15m, 24h, 7d or ') }),
    ...(until === undefined ? {} : { until: instantOf('--until', until) }),
  };
}

/** An instant with its zone, as the hub takes it; `spans` names what else its option takes, for the refusal. */
export function instantOf(name: '--since' | '--until' | '--at', given: string, spans = ''): string {
  const hasZone = /(Z|[+-]\d\d:\d\d)$/i.test(given);
  if (hasZone && !Number.isNaN(Date.parse(given))) return new Date(given).toISOString();
  throw new UsageError(`${name} takes ${spans}an instant as 2027-03-28T09:00:00Z, not ${given}`);
}
