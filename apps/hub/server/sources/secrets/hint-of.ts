const hintLength = 4;
/** The end of a shorter one would tell too much of it. */
const leastForHint = 20;

/** What is kept of a secret in clear, to tell it from others. */
export const hintOf = (value: string): string => (value.length >= leastForHint ? value.slice(-hintLength) : '');
