/** Where REST begins; the addresses in the procedures' `openapi` follow. */
export const restBase = '/api/v1';
