/** Spans of time that are offered, in words. */
export const spanWords: Readonly<Record<string, string>> = {
  '15m': '15 minutes',
  '1h': '1 hour',
  '24h': '24 hours',
  '7d': '7 days',
  '30d': '30 days',
  all: 'any time',
};
