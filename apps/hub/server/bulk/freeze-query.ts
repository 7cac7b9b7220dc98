import { formatEventQuery } from '@nexomatic/contracts/event-query';
import { timeBoundsOf } from '@nexomatic/contracts/query-terms';
import { readQuery } from '../events/search/read-query.ts';

/** The query with its time range as instants: `since:24h` must not move on while a job runs. */
export function freezeQuery(text: string, now: number): string {
  const terms = readQuery(text, 'query');
  if (!terms.some(({ key }) => key === 'since')) return text.trim();
  const { since } = timeBoundsOf({ terms }, now);
  const others = terms.filter(({ key }) => key !== 'since');
  const from =
    since === undefined
      ? []
      : [{ key: 'from' as const, negated: false, value: { kind: 'text' as const, text: since } }];
  return formatEventQuery({ terms: [...others, ...from] });
}
