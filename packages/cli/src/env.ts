/** The command's own environment; the only file of this package that reads it. */
export const env = process.env;
