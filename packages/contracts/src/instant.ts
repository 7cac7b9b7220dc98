import * as z from 'zod';

/** An instant as the hub writes it. */
export const instant = z.iso.datetime({ precision: 3 }).describe('UTC, ISO 8601 with milliseconds');

/** An instant as people and other programs write it: any precision, any zone. */
export const moment = z.iso.datetime({ offset: true });
