/** So much of a body is kept of what fired nothing, and shown of every request. */
export const keptBodyBytes = 64 * 1024;
