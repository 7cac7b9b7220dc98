import { createLogger } from '@nexomatic/logger';
import { withoutLogin } from '@nexomatic/queue/without-login';
import type { HubEnv } from '../../env.ts';
import { testKeyringKeys } from '../../keyring/testing/test-keyring.ts';
import { createServices } from '../../services.ts';
import { createScheduleTicker } from '../schedule-ticker.ts';
import { readSteppedClock } from './stepped-clock.ts';

/**
 * A hub as a process of its own, to be killed: what fires schedules, no HTTP, and a time that its starter steps. It says
 * `ready` on standard output, and ends when its standard input does.
 */
const [databaseUrl = '', redisUrl = '', clockFile = ''] = process.argv.slice(2);

// What fires reads no other setting.
const env = {
  databaseUrl,
  redisUrl,
  sinkRedisUrl: withoutLogin(redisUrl),
  keyring: testKeyringKeys,
  tenantRate: 2_000,
} as HubEnv;
const services = await createServices(env, createLogger('hub', 'error'));
const databaseTime = async (): Promise<Date> => new Date(readSteppedClock(clockFile));
createScheduleTicker({ ...services, databaseTime }).start();

process.stdin.on('end', () => process.exit(0)).resume();
process.stdout.write('ready\n');
