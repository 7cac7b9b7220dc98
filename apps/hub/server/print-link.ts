import { systemClock } from '@nexomatic/clock';
import { type Database, openDatabase } from '@nexomatic/db/database';
import { User } from '@nexomatic/db/entities/user';
import type { Logger } from '@nexomatic/logger';
import { createLoginLink } from './auth/create-login-link.ts';
import type { HubEnv } from './env.ts';
import { createSetupLink } from './setup/setup-link.ts';

type Told = { link: string } | { refusal: string };

/** The link by which the first person sets the hub up; a refusal once there are people. */
export const printSetupLink = (env: HubEnv, logger: Logger): Promise<Told> =>
  withDatabase(env, logger, async (db) => {
    const link = await createSetupLink({ db, clock: systemClock, env });
    const refusal = `This hub is set up already: sign in at ${env.publicUrl}/login, or print a link with sign-in-link --email <address>.`;
    return link === null ? { refusal } : { link };
  });

/**
 * A link that signs a person in once: for whoever forgot their password, or when single sign-on is away. Only who may run
 * commands with the hub's settings gets one.
 */
export const printSignInLink = (env: HubEnv, logger: Logger, address: string): Promise<Told> =>
  withDatabase(env, logger, async (db) => {
    const email = address.trim().toLowerCase();
    // People belong to the instance, not to a tenant.
    const user = await db.systemEm().findOne(User, { email });
    if (!user) return { refusal: `Nobody here has the address ${email}.` };
    if (user.disabledAt)
      return { refusal: `${email} is disabled; an administrator of this hub can enable the account.` };
    const token = await createLoginLink({ db, clock: systemClock }, user.id);
    return { link: `${env.publicUrl}/login?token=${token}` };
  });

async function withDatabase(env: HubEnv, logger: Logger, work: (db: Database) => Promise<Told>): Promise<Told> {
  const db = await openDatabase({ url: env.databaseUrl, logger, connections: 2 });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}
