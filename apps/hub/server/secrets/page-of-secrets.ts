import type { ListSecrets } from '@nexomatic/contracts/secret-api';
import type { Secret } from '@nexomatic/db/entities/secret';
import { likeText } from '@nexomatic/db/like';
import type { FilterQuery, QueryOrderMap } from '@nexomatic/db/query';
import { cutPage, namedPage } from '../definitions/page-by-name.ts';
import { cutPageByTime, pageByTime } from '../definitions/page-by-time.ts';

type Where = FilterQuery<Secret>;
type Asked = Pick<ListSecrets, 'search' | 'sort' | 'limit' | 'cursor'>;

const byTime = {
  lastUsed: { by: 'lastUsed', field: 'lastUsedAt', first: 'latest' },
  set: { by: 'set', field: 'valueSetAt', first: 'latest' },
} as const;

/**
 * Condition and order of a page of secrets; one row more than asked for says whether there is a next page. By time the newest
 * come first, and what has no time last. No index serves that: a tenant's secrets are few enough to be sorted.
 */
export function pageOfSecrets({ search, sort, limit, cursor }: Asked): { where: Where[]; options: PageOptions } {
  const asked = { limit, cursor };
  const { where, options } = sort === 'name' ? namedPage(asked) : pageByTime(byTime[sort], asked);
  return { where: [where, ...(search ? [whereFound(search)] : [])], options };
}

interface PageOptions {
  orderBy: QueryOrderMap<Secret>;
  limit: number;
}

/** The rows of the page, and the cursor of the next one. */
export const cutSecrets = (rows: Secret[], input: Asked): { page: Secret[]; nextCursor: string | null } =>
  input.sort === 'name' ? cutPage(rows, input) : cutPageByTime(byTime[input.sort], rows, input);

/** Part of the key, of the description or of a label; `key=value` and part of it is how pages write a label. */
function whereFound(search: string): Where {
  const asJson = JSON.stringify(search).slice(1, -1);
  const labels = [asJson, asJson.replace('=', '":"')].map((text) => ({ labels: like(text) }));
  return { $or: [{ name: like(search) }, { description: like(search) }, ...labels] };
}

const like = (text: string) => ({ $like: `%${likeText(text)}%` });
