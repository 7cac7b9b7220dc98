import { systemClock } from '@nexomatic/clock';
import { signedDeliveries } from './signed-deliveries.ts';

/** Prints deliveries below the base address that is given: senders' libraries want Node itself, not a bundle for workerd. */
const [, , baseUrl = ''] = process.argv;
process.stdout.write(JSON.stringify(await signedDeliveries(baseUrl, systemClock.now())));
