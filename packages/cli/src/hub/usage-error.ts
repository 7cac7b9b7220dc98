/** What was asked for wrongly, in words that say what to do. */
export class UsageError extends Error {
  override name = 'UsageError';
}
