/** Which lines of a tenant's logs are found by the search across events. Whatever it is, all of a log is kept and shown. */
export const logIndexes = ['all', 'records_and_stderr', 'records', 'nothing'] as const;
export type LogIndex = (typeof logIndexes)[number];
