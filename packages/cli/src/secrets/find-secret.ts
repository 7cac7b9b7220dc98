import type { Nexomatic } from '@nexomatic/client/nexomatic';
import { told } from '@nexomatic/client/refusal';
import type { SecretList, SecretSummary } from '@nexomatic/contracts/secret-api';

/** All secrets whose names hold the text, page by page, and the names that are referred to in vain. */
export async function everySecret({ api }: Nexomatic, search?: string): Promise<Omit<SecretList, 'nextCursor'>> {
  const secrets: SecretSummary[] = [];
  const missing: SecretList['missing'] = [];
  let cursor: string | null = null;
  do {
    const input = { ...(search ? { search: search.slice(0, 100) } : {}), ...(cursor ? { cursor } : {}), limit: 200 };
    const page: SecretList = await told(api.secrets.list.query(input));
    secrets.push(...page.secrets);
    missing.push(...page.missing);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return { secrets, missing };
}
