/** The limits of an event type, apart from its schemas: forms read them in the browser, where no zod is. */

const day = 86_400;
/** Of its numbers, and what each is where nothing is said. */
export const eventTypeLimits = {
  maxAttempts: { min: 1, max: 20, unset: 1 },
  backoffSeconds: { min: 0, max: day, unset: 10 },
  timeoutSeconds: { min: 1, max: day, unset: 600 },
  queueTtlSeconds: { min: 1, max: 90 * day, unset: 7 * day },
} as const;
export const maxSchemaBytes = 32 * 1024;
export const maxSearchKeys = 8;
