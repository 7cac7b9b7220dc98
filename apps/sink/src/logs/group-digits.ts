/**
 * `1234567` as `1,234,567`. By hand: the language's own way brings tables of all languages into memory, five megabytes of them,
 * when an agent is at its largest.
 */
export const groupDigits = (whole: number): string => String(whole).replace(/\B(?=(?:\d{3})+$)/g, ',');
