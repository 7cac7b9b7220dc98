import { idSchema } from '@nexomatic/contracts/id';
import { z } from 'zod';

/** What the form of a schedule sends; the hub checks the cron expression, the zone and the payload. */
export const scheduleForm = z.object({
  name: z.string('Give it a name.'),
  description: z.string().default(''),
  eventTypeId: z.optional(idSchema('eventType')),
  cron: z.string('Say when.'),
  timeZone: z.string('Choose a time zone.'),
  payload: z.string().default('null'),
  pinnedSinkId: z.optional(idSchema('sink')),
  version: z.number().optional(),
});
