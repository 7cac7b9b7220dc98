/** A text as it stands in the pattern of LIKE when it means itself: `%`, `_` and the backslash are no wildcards then. */
export const likeText = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');
