import type { AppLoadContext } from '@remix-run/server-runtime';
import { hubTry } from '../frame/hub-call.server.ts';
import type { SecretChoice } from './secret-picker.tsx';

const pageSize = 200;
/** A list to pick from that is longer helps nobody. */
const maxPages = 5;

/** The secrets of the tenant by name, to pick one from; none for somebody who may not see them. */
export async function secretChoices(context: AppLoadContext): Promise<SecretChoice[]> {
  const choices: SecretChoice[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const input = { limit: pageSize, ...(cursor === undefined ? {} : { cursor }) };
    const { done } = await hubTry(context, () => context.caller.secrets.list(input));
    choices.push(...(done?.secrets ?? []).map(({ name, state }) => ({ name, state })));
    if (!done || done.nextCursor === null) break;
    cursor = done.nextCursor;
  }
  return choices;
}
