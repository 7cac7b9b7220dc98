import { createServer } from '@nexomatic/hub/http/server';
import { createBackground } from '@nexomatic/hub/server/background/background';
import { readEnv } from '@nexomatic/hub/server/env';
import { testKeyring } from '@nexomatic/hub/server/keyring/testing/test-keyring';
import { createServices, type Services } from '@nexomatic/hub/server/services';
import { silentLogger } from '@nexomatic/logger';

/** A real hub without its pages, in the test's own process. */
export interface TestHub extends AsyncDisposable {
  url: string;
  services: Services;
}

/** Starts a hub: rules, background duties and HTTP. A port that was free stays the caller's to use again. */
export async function startHub(settings: {
  databaseUrl: string;
  redisUrl: string;
  port: number;
  environment?: Record<string, string>;
}): Promise<TestHub> {
  const outcome = readEnv({
    DATABASE_URL: settings.databaseUrl,
    REDIS_URL: settings.redisUrl,
    NEXOMATIC_PORT: String(settings.port),
    NEXOMATIC_KEYRING: testKeyring,
    ...settings.environment,
  });
  if (!outcome.ok) throw new Error(outcome.faults.join('; '));
  const services = await createServices(outcome.env, silentLogger);
  const background = createBackground(services);
  const server = createServer({ services });
  background.start();
  await server.listen();
  return {
    url: `http://127.0.0.1:${settings.port}`,
    services,
    async [Symbol.asyncDispose]() {
      await server.close();
      await background.stop();
      await services.close();
    },
  };
}
