/** For how long somebody may want to pause a schedule. */
export const pauseSpans: readonly { minutes: number; word: string }[] = [
  { minutes: 60, word: 'For an hour' },
  { minutes: 8 * 60, word: 'For eight hours' },
  { minutes: 24 * 60, word: 'For a day' },
  { minutes: 7 * 24 * 60, word: 'For a week' },
];
