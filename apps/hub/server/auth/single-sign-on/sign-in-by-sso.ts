import type { Clock } from '@nexomatic/clock';
import type { Database } from '@nexomatic/db/database';
import type { Logger } from '@nexomatic/logger';
import { beginSession } from '../begin-session.ts';
import type { Visitor } from '../visitor.ts';
import type { Identity, IdentityProviders, SsoChecks } from './identity-providers.ts';
import { personOfIdentity } from './person-of-identity.ts';
import type { SsoProvider } from './provider-settings.ts';

/**
 * Why a provider's answer let nobody in: `failed` when it was called off, was not the answer to our question, or the provider
 * did not answer; `expired` when this browser asked nothing of late.
 */
export type SsoRefusal = 'failed' | 'expired' | 'unverified' | 'uninvited' | 'disabled';

export type SsoSignIn =
  | { kind: 'signed_in'; sessionToken: string; joined: string | null }
  | { kind: 'refused'; reason: SsoRefusal };

interface Deps {
  db: Database;
  clock: Clock;
  logger: Logger;
  identityProviders: IdentityProviders;
}

/** Where to send a browser; null while the provider can not be asked how it wants to be spoken to. */
export async function beginAtProvider(
  { identityProviders, logger }: Pick<Deps, 'identityProviders' | 'logger'>,
  provider: SsoProvider,
  { requestId }: Visitor,
): Promise<{ url: string; checks: SsoChecks } | null> {
  try {
    return await identityProviders.begin(provider);
  } catch (error) {
    logger.warn({ err: error, requestId, provider: provider.id }, 'sso.unreachable');
    return null;
  }
}

/** Signs in whoever the provider says it is, if they have an account here or were invited. */
export async function signInBySso(
  deps: Deps,
  provider: SsoProvider,
  answer: { query: string; checks: SsoChecks },
  visitor: Visitor,
): Promise<SsoSignIn> {
  const { db, clock } = deps;
  const identity = await identityOf(deps, provider, answer, visitor);
  if (!identity) return { kind: 'refused', reason: 'failed' };
  // Nobody is signed in yet, so there is no tenant to filter by.
  return db.systemEm().transactional(async (em): Promise<SsoSignIn> => {
    const found = await personOfIdentity(em, clock, identity, visitor);
    if (found.kind === 'refused') return found;
    const sessionToken = await beginSession(em, clock, found.user.id, 'sso', visitor);
    return { kind: 'signed_in', sessionToken, joined: found.joined };
  });
}

/** The reason of a failure is for the log: it is of no use to whoever signs in, and may help whoever forges answers. */
async function identityOf(
  { identityProviders, logger }: Deps,
  provider: SsoProvider,
  { query, checks }: { query: string; checks: SsoChecks },
  { requestId }: Visitor,
): Promise<Identity | null> {
  try {
    return await identityProviders.finish(provider, query, checks);
  } catch (error) {
    logger.warn({ err: error, requestId, provider: provider.id }, 'sso.failed');
    return null;
  }
}
