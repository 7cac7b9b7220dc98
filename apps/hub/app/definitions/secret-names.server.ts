import type { AppLoadContext } from '@remix-run/server-runtime';
import { hubTry } from '../frame/hub-call.server.ts';

/** Names in the Secrets store, to be offered; none for somebody who may not see them. */
export async function secretNames(context: AppLoadContext): Promise<string[]> {
  const { done } = await hubTry(context, () => context.caller.secrets.list({ limit: 200 }));
  return done?.secrets.map(({ name }) => name) ?? [];
}
